import { connectApi } from '../../bridge/client.ts';
import type { Channel, Events } from '../../bridge/contract.ts';
import { messagePortChannel } from '../../bridge/message-port-channel.ts';
import { webSocketChannel } from '../../bridge/web-socket-channel.ts';
import type { Connect, EngineLink } from './connection.ts';

/**
 * Reaches the engine of the host that served this page: over HTTP it is a WebSocket to `/bridge` on the same origin;
 * in the desktop's window the preload hands over a MessagePort.
 */
export function connectToHost(page: Window): Connect {
  return /^https?:$/.test(page.location.protocol) ? connectBySocket(page) : connectByPort(page);
}

function connectBySocket(page: Window): Connect {
  return (events) =>
    new Promise((resolve, reject) => {
      const url = new URL('/bridge', page.location.href);
      url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
      const socket = new WebSocket(url);
      const link = over(webSocketChannel(socket), events);
      socket.addEventListener('open', () => resolve(link));
      socket.addEventListener('close', () => reject(new Error('The engine does not answer.')));
    });
}

/** The preload posts a port when the page is loaded. */
function connectByPort(page: Window): Connect {
  const ports: MessagePort[] = [];
  const waiting: ((port: MessagePort) => void)[] = [];
  page.addEventListener('message', ({ source, data, ports: [port] }: MessageEvent) => {
    if (source !== page || data?.plugscope !== 'port' || !port) return;
    const next = waiting.shift();
    if (next) next(port);
    else ports.push(port);
  });
  return async (events) => {
    const port = ports.shift() ?? (await new Promise<MessagePort>((resolve) => waiting.push(resolve)));
    return over(messagePortChannel(port), events);
  };
}

function over(channel: Channel, events: Events): EngineLink {
  return { api: connectApi(channel, events), onClose: (listener) => channel.onClose(listener) };
}
