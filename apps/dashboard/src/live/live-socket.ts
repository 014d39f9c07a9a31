/** What the connection needs of a WebSocket. */
export interface LiveSocket {
  send(text: string): void;
  close(): void;
}

/** What a socket tells; none is called again after `onClose`. */
export interface LiveSocketEvents {
  onOpen(): void;
  onText(text: string): void;
  onClose(): void;
}

/** Opens a socket to the gateway. */
export type OpenLiveSocket = (events: LiveSocketEvents) => LiveSocket;

/** Timers as an argument, so that tests own the time. */
export interface Timers {
  /** Wall clock, epoch milliseconds. */
  nowMs(): number;
  /** Runs `act` once after `delayMs`; the result cancels it. */
  after(delayMs: number, act: () => void): () => void;
}
