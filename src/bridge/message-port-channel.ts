import type { Channel } from './contract.ts';

/** What is used of a MessagePort, be it the DOM's or Node's. */
export interface PortLike {
  postMessage(message: unknown): void;
  addEventListener(type: string, listener: (event: object) => void): void;
  start(): void;
  close(): void;
}

/** A channel over a MessagePort. It starts with its first listener, so that nothing sent before is lost. */
export function messagePortChannel(port: PortLike): Channel {
  return {
    post: (message) => port.postMessage(message),
    onMessage(listener) {
      port.addEventListener('message', (event) => listener((event as { data: unknown }).data));
      port.start();
    },
    onClose: (listener) => port.addEventListener('close', () => listener()),
    close: () => port.close(),
  };
}
