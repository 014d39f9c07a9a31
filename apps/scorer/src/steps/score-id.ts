/** Unique for stay, due time, window and release. */
export function scoreIdOf(stayId: string, dueAtMs: number, digest: string, releaseId: string): string {
  return `${stayId}|${dueAtMs}|${digest.slice(0, 16)}|${releaseId}`;
}

/** What decides the noise of a window: the same window and release give the same bytes. */
export function noiseKeyOf(stayId: string, dueAtMs: number, digest: string, releaseId: string): string {
  return `${stayId}|${dueAtMs}|${digest}|${releaseId}`;
}

/** A score's id without the release: what is scored, whoever scores it. */
export function dueKeyOf(scoreId: string): string {
  return scoreId.slice(0, scoreId.lastIndexOf('|'));
}
