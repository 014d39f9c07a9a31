/** Passes the first failure of an app on, and remembers it for the health checks. */
export class FirstFailure {
  error: Error | undefined;

  constructor(private readonly onFailure: (error: Error) => void) {}

  readonly report = (error: Error): void => {
    if (this.error) return;
    this.error = error;
    this.onFailure(error);
  };
}
