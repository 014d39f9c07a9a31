import { LOG_LEVELS, STORAGE_SETTINGS } from '#service';
import { z } from 'zod';

/** Settings of the registry's own process, read from the environment; README, "Settings", lists them. */
export const REGISTRY_SETTINGS = z.object({
  VIGIL_STATE: STORAGE_SETTINGS.VIGIL_STATE,
  KAFKA_BROKERS: STORAGE_SETTINGS.KAFKA_BROKERS,
  /** Folder of the store. @default registry in VIGIL_STATE */
  REGISTRY_STORE: z.string().min(1).optional(),
  /** Address to listen on. Anything but loopback needs REGISTRY_TOKEN. */
  REGISTRY_HOST: z.string().min(1).default('127.0.0.1'),
  /** 0 takes a free port. */
  REGISTRY_PORT: z.coerce.number().int('a port number').min(0).max(65_535, 'a port number, 0 to 65535').default(3030),
  /** When set, only who sends it as a bearer token may ask and order. */
  REGISTRY_TOKEN: z.string().min(16, 'at least 16 characters').max(512).optional(),
  /** Listen beyond loopback without a token: where something in front of the registry checks who asks. */
  REGISTRY_WITHOUT_TOKEN: z.stringbool({ error: 'yes or no' }).default(false),
  /** Origins of other pages that may ask. */
  REGISTRY_ALLOWED_ORIGINS: z
    .string()
    .regex(/^https?:\/\/[^\s/,]+(,https?:\/\/[^\s/,]+)*$/, 'expected origins such as https://ward.example, by commas')
    .optional(),
  /** URL under which scorers reach the registry, when it is not the one that it listens on. */
  REGISTRY_PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'an http or https URL' }).optional(),
  /** Where scorers are told to find bundles: over HTTP, or in the store's folder, which they share then. */
  REGISTRY_LOCATION: z.enum(['http', 'folder']).default('http'),
  /** Days after its retirement for which the bundle of a release is kept; 0 keeps all. */
  REGISTRY_KEEP_RETIRED_DAYS: z.coerce.number().min(0, 'days, or 0 to keep all').max(36_500).default(90),
  /** Last champions whose bundles are kept however long ago that was. */
  REGISTRY_KEEP_CHAMPIONS: z.coerce.number().int().min(1, 'at least 1, for a roll-back').max(1_000).default(5),
  /** Let the topic be replaced when it names releases that the store does not hold. */
  REGISTRY_REPLACE_TOPIC: z.stringbool({ error: 'yes or no' }).default(false),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
});

/** Values of {@link REGISTRY_SETTINGS}. */
export type RegistrySettings = z.infer<typeof REGISTRY_SETTINGS>;
