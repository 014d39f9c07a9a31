import { liveServerFrameSchema, type LiveServerFrame } from '#wire';

/** A connection that keeps what it is sent. `unreadBytes` is what a spec says it is. */
export class RecordedSocket {
  readonly frames: LiveServerFrame[] = [];
  unreadBytes = 0;
  pings = 0;
  closed: { readonly code: number; readonly reason: string } | undefined;
  terminated = false;
  /** When set, what is sent stays unread. */
  reads = true;

  send(text: string): void {
    this.frames.push(liveServerFrameSchema.parse(JSON.parse(text)));
    if (!this.reads) this.unreadBytes += text.length;
  }

  ping(): void {
    this.pings += 1;
  }

  close(code: number, reason: string): void {
    this.closed = { code, reason };
  }

  terminate(): void {
    this.terminated = true;
  }

  /** Frames of a type, oldest first. */
  of<T extends LiveServerFrame['type']>(type: T): Extract<LiveServerFrame, { type: T }>[] {
    return this.frames.filter((frame): frame is Extract<LiveServerFrame, { type: T }> => frame.type === type);
  }

  last(): LiveServerFrame {
    return this.frames.at(-1)!;
  }
}
