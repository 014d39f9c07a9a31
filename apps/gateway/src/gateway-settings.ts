import { LOG_LEVELS, STORAGE_SETTINGS } from '#service';
import { z } from 'zod';

const ORIGIN = 'expected origins such as https://ward.example, several separated by commas';

const httpUrl = (example: string) =>
  z.url({ protocol: /^https?$/, error: `expected a URL such as ${example}` }).optional();

/** The gateway's settings. */
export const GATEWAY_SETTINGS = z.object({
  ...STORAGE_SETTINGS,
  /** Address to listen on. Anything but loopback needs GATEWAY_TOKEN. */
  GATEWAY_HOST: z.string().min(1).default('127.0.0.1'),
  /** 0 takes a free port. */
  GATEWAY_PORT: z.coerce.number().int('a port number').min(0).max(65_535, 'a port number, 0 to 65535').default(3000),
  /** Origins of other pages that may ask. */
  GATEWAY_ALLOWED_ORIGINS: z
    .string()
    .regex(/^https?:\/\/[^\s/,]+(,https?:\/\/[^\s/,]+)*$/, ORIGIN)
    .optional(),
  /** When set, data are given out only to who sends it as a bearer token. */
  GATEWAY_TOKEN: z.string().min(16, 'at least 16 characters').max(512).optional(),
  /** Listen beyond loopback without a token: where something in front of the gateway checks who asks. */
  GATEWAY_WITHOUT_TOKEN: z.stringbool({ error: 'yes or no' }).default(false),
  /** Folder of the built dashboard. */
  GATEWAY_DASHBOARD: z.string().min(1).default('apps/dashboard/dist'),
  GATEWAY_MAX_CLIENTS: z.coerce.number().int().min(1).max(10_000).default(200),
  GATEWAY_MAX_STAYS: z.coerce.number().int().min(1).max(100_000).default(5_000),
  /** How long an ended stay is still shown, hours of the log's clock. */
  GATEWAY_KEEP_ENDED_HOURS: z.coerce.number().min(0).max(720).default(24),
  /** Where the registry answers, for the model page; nothing is said about releases when absent. */
  GATEWAY_REGISTRY_URL: httpUrl('http://127.0.0.1:3030'),
  /** The registry's REGISTRY_TOKEN, where it asks for one. */
  GATEWAY_REGISTRY_TOKEN: z.string().min(1).optional(),
  /** Where the trainer answers, for the model page; nothing is said about trainings and drift when absent. */
  GATEWAY_TRAINER_URL: httpUrl('http://127.0.0.1:3040'),
  /** The trainer's TRAINER_TOKEN, where it asks for one. */
  GATEWAY_TRAINER_TOKEN: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
});

/** Values of {@link GATEWAY_SETTINGS}. */
export type GatewaySettings = z.infer<typeof GATEWAY_SETTINGS>;
