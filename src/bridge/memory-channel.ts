import type { Channel } from './contract.ts';

/** Two ends of a channel within one process. Messages are copied and arrive in order, in a later microtask. */
export function memoryChannels(): readonly [Channel, Channel] {
  const left = createEnd();
  const right = createEnd();
  return [connect(left, right), connect(right, left)];
}

interface End {
  readonly messages: ((message: unknown) => void)[];
  readonly closes: (() => void)[];
  open: boolean;
}

function createEnd(): End {
  return { messages: [], closes: [], open: true };
}

function connect(own: End, other: End): Channel {
  return {
    post(message) {
      if (!own.open) return;
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => {
        if (other.open) for (const listener of other.messages) listener(copy);
      });
    },
    onMessage: (listener) => void own.messages.push(listener),
    onClose: (listener) => void own.closes.push(listener),
    close() {
      queueMicrotask(() => {
        for (const end of [own, other]) {
          if (!end.open) continue;
          end.open = false;
          for (const listener of end.closes) listener();
        }
      });
    },
  };
}
