import { createServer } from 'node:net';

/** The port is someone else's. */
export class PortTakenError extends Error {
  constructor(port: number, page: number) {
    super(
      `port ${port} on 127.0.0.1 is taken by another program (another Vigil?); stop that, or choose another port for the page, which the others follow: npm start -- --port ${page + 1}`,
    );
    this.name = 'PortTakenError';
  }
}

/**
 * Resolves when a loopback port can be bound; rejects with a {@link PortTakenError} or the system's own error.
 *
 * @param page port of the page, from which the others are counted
 */
export async function expectFreePort(port: number, page = port): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTakenError(port, page) : error),
    );
    server.listen({ port, host: '127.0.0.1', exclusive: true }, resolve);
  });
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
