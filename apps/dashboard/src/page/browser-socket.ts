import { LIVE_BEARER_PREFIX, LIVE_PATH, LIVE_SUBPROTOCOL } from '#wire';
import type { LiveSocketEvents, LiveSocket, Timers } from '../live/live-socket.js';
import { accessToken } from './access-token.js';

/** Opens the browser's WebSocket to the gateway that served the page. */
export function openBrowserSocket(events: LiveSocketEvents): LiveSocket {
  const address = new URL(LIVE_PATH, location.href);
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  address.hash = '';
  const token = accessToken();
  const protocols = token ? [LIVE_SUBPROTOCOL, LIVE_BEARER_PREFIX + base64Url(token)] : [LIVE_SUBPROTOCOL];
  const socket = new WebSocket(address, protocols);
  socket.onopen = () => events.onOpen();
  socket.onmessage = (message: MessageEvent<unknown>) => {
    if (typeof message.data === 'string') events.onText(message.data);
  };
  socket.onclose = () => events.onClose();
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => socket.close(),
  };
}

/** The browser's clock and timers. */
export const browserTimers: Timers = {
  nowMs: () => Date.now(),
  after: (delayMs, act) => {
    const timer = setTimeout(act, delayMs);
    return () => clearTimeout(timer);
  },
};

function base64Url(text: string): string {
  const binary = String.fromCharCode(...new TextEncoder().encode(text));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
