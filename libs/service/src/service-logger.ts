import { pino, type DestinationStream, type Logger } from 'pino';

/** Facts of a log line besides its message; numbers and short texts. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Severity of a log line; `silent` writes nothing. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** One of {@link LOG_LEVELS}. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What {@link ServiceLogger} is made with. */
export interface ServiceLoggerOptions {
  /** Name of the app; stands on every line. */
  readonly service: string;
  /** @default 'info' */
  readonly level?: LogLevel;
  /** Where lines go. @default standard output */
  readonly destination?: DestinationStream;
}

/** Fields that could lead to a person. They are written at `debug` only, where a developer asked for them. */
const PERSONAL_FIELDS: ReadonlySet<string> = new Set([
  'stayId',
  'bed',
  'key',
  'value',
  'static',
  'observation',
  'stay',
]);

/**
 * Structured log of an app: one JSON object a line (pino).
 *
 * Nothing that identifies a person is written at `info` or above: fields named after a stay, a bed, a record's key or a value are
 * dropped there. Messages are fixed texts; what varies goes into the fields.
 */
export class ServiceLogger {
  private readonly pino: Logger;

  constructor(options: ServiceLoggerOptions) {
    const settings = { level: options.level ?? 'info', base: { service: options.service } };
    this.pino = options.destination ? pino(settings, options.destination) : pino(settings);
  }

  debug(message: string, fields: LogFields = {}): void {
    this.pino.debug(fields, message);
  }

  info(message: string, fields: LogFields = {}): void {
    this.pino.info(impersonal(fields), message);
  }

  warn(message: string, fields: LogFields = {}): void {
    this.pino.warn(impersonal(fields), message);
  }

  error(message: string, fields: LogFields = {}): void {
    this.pino.error(impersonal(fields), message);
  }
}

function impersonal(fields: LogFields): LogFields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !PERSONAL_FIELDS.has(name)));
}
