import { LIVE_PATH, liveServerFrameSchema, type LiveServerFrame } from '#wire';
import { WebSocket } from 'ws';

type Frame<T extends LiveServerFrame['type']> = Extract<LiveServerFrame, { type: T }>;

/** A real WebSocket client that checks every frame against the schemas and can be waited on. */
export class LiveTestClient {
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
  private readonly frames: LiveServerFrame[] = [];
  private wake: () => void = () => undefined;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      this.frames.push(liveServerFrameSchema.parse(JSON.parse(data.toString('utf8'))));
      this.wake();
    });
    this.closed = new Promise((resolve) => socket.once('close', (code) => resolve(code)));
  }

  /** @throws with the status of a refused handshake in its message */
  static async open(url: string, options: { protocols?: string[]; origin?: string } = {}): Promise<LiveTestClient> {
    const address = `${url.replace(/^http/, 'ws')}${LIVE_PATH}`;
    const socket = new WebSocket(address, options.protocols ?? [], options.origin ? { origin: options.origin } : {});
    const client = new LiveTestClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.on('error', reject);
    });
    return client;
  }

  send(frame: unknown): void {
    this.sendText(JSON.stringify(frame));
  }

  sendText(text: string): void {
    this.socket.send(text);
  }

  /** The next frame of a type; those before it are passed over. */
  next<T extends LiveServerFrame['type']>(type: T): Promise<Frame<T>> {
    return this.until(type, () => true);
  }

  /** The next frame of a type that fulfils a condition; those before it are passed over. */
  async until<T extends LiveServerFrame['type']>(type: T, fulfils: (frame: Frame<T>) => boolean): Promise<Frame<T>> {
    for (;;) {
      for (let frame = this.frames.shift(); frame !== undefined; frame = this.frames.shift()) {
        if (frame.type === type && fulfils(frame as Frame<T>)) return frame as Frame<T>;
      }
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}
