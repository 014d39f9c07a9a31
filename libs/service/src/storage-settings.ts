import { z } from 'zod';

const INFLUX_ADDRESS = 'expected a URL with its database, such as http://127.0.0.1:8086/vigil';

/** The settings that choose where the log and the past are kept; spread them into an app's own schema. */
export const STORAGE_SETTINGS = {
  /** Folder of the embedded log and history. */
  VIGIL_STATE: z.string().min(1).default('.vigil'),
  /** `host:port,host:port`; when set, the log is Kafka. */
  KAFKA_BROKERS: z
    .string()
    .regex(/^[^\s:,]+:\d{1,5}(,[^\s:,]+:\d{1,5})*$/, 'expected host:port, several separated by commas')
    .optional(),
  /** `http://user:password@host:port/database`; when set, the history is InfluxDB. */
  INFLUX_URL: z
    .url({ protocol: /^https?$/, error: INFLUX_ADDRESS, abort: true })
    .regex(/^[^?#]*:\/\/[^/?#]+\/[\w.-]{1,100}$/, INFLUX_ADDRESS)
    .optional(),
} as const;

/** Values of {@link STORAGE_SETTINGS}. */
export interface StorageSettings {
  readonly VIGIL_STATE: string;
  readonly KAFKA_BROKERS?: string | undefined;
  readonly INFLUX_URL?: string | undefined;
}
