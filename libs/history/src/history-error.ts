/** The store could not do what was asked. */
export class HistoryError extends Error {
  constructor(
    message: string,
    /** Whether the same call can succeed later (the server is away), or never will (the point is malformed). */
    readonly retriable: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'HistoryError';
  }
}
