import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a receiver answers. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An HTTP server on this machine that answers as a function says, and remembers every request once it was answered. */
export class Receiver {
  readonly received: Received[] = [];
  private readonly waiters = new Set<() => void>();

  private constructor(
    private readonly server: Server,
    /** Such as `http://127.0.0.1:40000`. */
    readonly url: string,
  ) {}

  static async listen(
    answer: (request: Received) => Answer | Promise<Answer> = () => ({ status: 204 }),
  ): Promise<Receiver> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const { method = '', url: path = '', headers } = request;
        const one = { method, path, headers, body: Buffer.concat(parts).toString('utf8') };
        void Promise.resolve(answer(one)).then(({ status, headers: sent = {}, body = '' }) => {
          response.writeHead(status, sent).end(body);
          receiver.received.push(one);
          for (const waiter of receiver.waiters) waiter();
        });
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const receiver = new Receiver(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return receiver;
  }

  /** Resolves once what was received is as asked. */
  async until(condition: (received: readonly Received[]) => boolean): Promise<void> {
    while (!condition(this.received)) {
      await new Promise<void>((resolve) => {
        const waiter = (): void => {
          this.waiters.delete(waiter);
          resolve();
        };
        this.waiters.add(waiter);
      });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
