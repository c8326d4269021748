import type { Vault } from '../engine/authority/vault.ts';
import { type Outcome, success } from '../session/outcome.ts';
import type { KeyRingAnswer, KeyRingQuestion } from './engine-messages.ts';

/** The key ring as the engine's process has it: by asking the main process. */
export interface KeyRingClient {
  /** The key ring as a vault; null where the session has none. */
  vault(): Promise<Vault | null>;
  /** Takes an answer of the main process. */
  answered(id: number, answer: KeyRingAnswer): void;
}

export function createKeyRingClient(post: (id: number, question: KeyRingQuestion) => void): KeyRingClient {
  const waiting = new Map<number, (answer: KeyRingAnswer) => void>();
  let last = 0;
  const ask = (question: KeyRingQuestion): Promise<KeyRingAnswer> =>
    new Promise((resolve) => {
      last++;
      waiting.set(last, resolve);
      post(last, question);
    });
  const vault: Vault = {
    async seal(secret): Promise<Outcome<Uint8Array>> {
      const sealed = await ask({ ask: 'seal', secret });
      return sealed.ok ? success(Buffer.from(sealed.value, 'base64')) : sealed;
    },
    open: (sealed) => ask({ ask: 'open', sealed: Buffer.from(sealed).toString('base64') }),
  };
  return {
    async vault() {
      const there = await ask({ ask: 'available' });
      return there.ok && there.value !== '' ? vault : null;
    },
    answered(id, answer) {
      waiting.get(id)?.(answer);
      waiting.delete(id);
    },
  };
}
