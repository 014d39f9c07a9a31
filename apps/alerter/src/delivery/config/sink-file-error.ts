/** The file of sinks cannot be used; every problem is named at once, and no secret. */
export class SinkFileError extends Error {
  constructor(
    readonly path: string,
    readonly problems: readonly string[],
  ) {
    super(`The file of sinks ${path} cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'SinkFileError';
  }
}
