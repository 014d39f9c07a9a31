import type { AccessPolicy } from '#service';
import { LIVE_PATH, LIVE_SUBPROTOCOL } from '#wire';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { LiveHub } from './live-hub.js';
import type { LiveLimits } from './live-limits.js';
import type { LiveSocket } from './live-socket.js';

/** Beyond this many connections over `maxClients` the handshake itself is refused. */
const SPARE_CONNECTIONS = 20;

/** The WebSocket end-point on an HTTP server. */
export class LiveServer {
  private readonly webSockets: WebSocketServer;
  private server: Server | undefined;
  private readonly upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void =>
    this.onUpgrade(request, socket, head);

  constructor(
    private readonly hub: LiveHub,
    private readonly access: AccessPolicy,
    private readonly limits: LiveLimits,
  ) {
    this.webSockets = new WebSocketServer({
      noServer: true,
      clientTracking: true,
      perMessageDeflate: false,
      maxPayload: 8 * limits.maxFrameBytes,
      handleProtocols: (offered) => (offered.has(LIVE_SUBPROTOCOL) ? LIVE_SUBPROTOCOL : false),
    });
  }

  attach(server: Server): void {
    this.server = server;
    server.on('upgrade', this.upgrade);
  }

  /** Takes no more connections and drops those that do not answer the close within `graceMs`. */
  async close(graceMs = 1_000): Promise<void> {
    this.server?.off('upgrade', this.upgrade);
    const clients = [...this.webSockets.clients];
    const timer = setTimeout(() => clients.forEach((client) => client.terminate()), graceMs);
    await Promise.all(clients.map((client) => gone(client)));
    clearTimeout(timer);
    this.webSockets.close();
  }

  private onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const path = (request.url ?? '').split('?')[0];
    if (path !== LIVE_PATH) return refuse(socket, 404, `the live end-point is ${LIVE_PATH}`);
    const refusal = this.access.refuses(request.headers);
    if (refusal !== undefined)
      return refuse(socket, refusal === 'unauthorised' ? 401 : 403, this.access.messageOf(refusal));
    if (this.webSockets.clients.size >= this.limits.maxClients + SPARE_CONNECTIONS) {
      return refuse(socket, 503, 'too many clients are connected');
    }
    this.webSockets.handleUpgrade(request, socket, head, (webSocket) => this.join(webSocket));
  }

  private join(webSocket: WebSocket): void {
    const connection = this.hub.join(socketOf(webSocket));
    webSocket.on('message', (data: RawData, isBinary) => connection.receive(data as Buffer, isBinary));
    webSocket.on('pong', () => connection.pong());
    webSocket.on('close', () => connection.closed());
    // A broken connection also emits 'close'; without this listener its error would stop the process.
    webSocket.on('error', () => undefined);
  }
}

function socketOf(webSocket: WebSocket): LiveSocket {
  return {
    get unreadBytes() {
      return webSocket.bufferedAmount;
    },
    send: (text) => webSocket.send(text, () => undefined),
    ping: () => webSocket.ping(undefined, undefined, () => undefined),
    close: (code, reason) => webSocket.close(code, reason),
    terminate: () => webSocket.terminate(),
  };
}

function gone(webSocket: WebSocket): Promise<void> {
  if (webSocket.readyState === webSocket.CLOSED) return Promise.resolve();
  return new Promise((resolve) => webSocket.once('close', () => resolve()));
}

const REASONS: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  503: 'Service Unavailable',
};

function refuse(socket: Duplex, status: number, message: string): void {
  socket.on('error', () => undefined);
  socket.end(
    `HTTP/1.1 ${status} ${REASONS[status]}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(message)}\r\n\r\n${message}`,
  );
}
