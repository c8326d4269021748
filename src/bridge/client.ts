import { createBirpc } from 'birpc';
import { BridgeError, type BridgeErrorEnvelope } from './bridge-error.ts';
import type { Api, Channel, Events } from './contract.ts';

/**
 * The engine at the other end of a channel. Each call rejects with a `BridgeError` where the engine refuses it or the
 * channel is closed; calls wait as long as the channel lives, since reading in a large journal takes its time.
 */
export function connectApi(channel: Channel, events: Events): Api {
  const rpc = createBirpc<Record<string, (...args: unknown[]) => unknown>, Events, false>(events, {
    post: (message) => channel.post(message),
    on: (listener) => channel.onMessage((message) => isObject(message) && listener(message)),
    resolver: (name) => (Object.hasOwn(events, name) ? eventOf(events, name as keyof Events) : undefined),
    timeout: -1,
    proxify: false,
  });
  channel.onClose(() => rpc.$close(closed()));

  const call = async (name: string, args: unknown[]): Promise<unknown> => {
    if (rpc.$closed) throw closed();
    try {
      return await rpc.$call(name, ...args);
    } catch (error) {
      throw error instanceof BridgeError ? error : fromEnvelope(error);
    }
  };
  // The contract's schemas are the engine's business: made from names alone, the client needs none of their code.
  return new Proxy({} as Api, {
    get: (_, name) =>
      typeof name === 'string' && name !== 'then' ? (...args: unknown[]) => call(name, args) : undefined,
  });
}

function eventOf(events: Events, name: keyof Events): (...args: never[]) => void {
  return events[name].bind(events);
}

function closed(): BridgeError {
  return new BridgeError('closed', 'The connection to the engine is closed.');
}

function isObject(message: unknown): message is object {
  return typeof message === 'object' && message !== null;
}

function fromEnvelope(error: unknown): BridgeError {
  if (isObject(error) && 'code' in error && 'message' in error) {
    const { code, message } = error as BridgeErrorEnvelope;
    return new BridgeError(code, message);
  }
  return new BridgeError('internal', 'The engine could not be asked.', { cause: error });
}
