import type { Channel } from '../bridge/contract.ts';

/** What is used of Electron's MessagePortMain, which tells of its messages unlike the ports of the web and of Node. */
export interface PortMainLike {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

/** A channel over the engine's end of a window's port. It starts with its first listener. */
export function portMainChannel(port: PortMainLike): Channel {
  return {
    post: (message) => port.postMessage(message),
    onMessage(listener) {
      port.on('message', (event) => listener(event.data));
      port.start();
    },
    onClose: (listener) => void port.on('close', listener),
    close: () => port.close(),
  };
}
