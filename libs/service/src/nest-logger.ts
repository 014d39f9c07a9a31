import type { LoggerService } from '@nestjs/common';
import type { ServiceLogger } from './service-logger.js';

/** Puts a {@link ServiceLogger} behind Nest's own messages. Nest's start-up chatter goes to `debug`. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: ServiceLogger) {}

  log(message: unknown, ...details: unknown[]): void {
    this.logger.debug(String(message), contextOf(details));
  }

  debug(message: unknown, ...details: unknown[]): void {
    this.logger.debug(String(message), contextOf(details));
  }

  verbose(message: unknown, ...details: unknown[]): void {
    this.logger.debug(String(message), contextOf(details));
  }

  warn(message: unknown, ...details: unknown[]): void {
    this.logger.warn(String(message), contextOf(details));
  }

  error(message: unknown, ...details: unknown[]): void {
    this.logger.error(String(message), {
      ...contextOf(details),
      ...(message instanceof Error ? { stack: message.stack } : {}),
    });
  }

  fatal(message: unknown, ...details: unknown[]): void {
    this.error(message, ...details);
  }
}

function contextOf(details: readonly unknown[]): { context?: string } {
  const context = details.at(-1);
  return typeof context === 'string' ? { context } : {};
}
