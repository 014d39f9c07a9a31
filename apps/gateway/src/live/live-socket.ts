/** A connection as the hub sees it; a WebSocket in the running gateway, a recording in specs. */
export interface LiveSocket {
  /** Bytes that were handed over and not yet read by the other side's system. */
  readonly unreadBytes: number;
  send(text: string): void;
  /** A WebSocket ping, answered by the other side's library. */
  ping(): void;
  /** Closes after what was sent. */
  close(code: number, reason: string): void;
  /** Drops the connection at once. */
  terminate(): void;
}
