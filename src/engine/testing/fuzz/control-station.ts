import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A sound station beside the attack, and what became of what it said. */
export interface ControlStation {
  /** Calls so far, and those of them that were answered. */
  readonly counts: { readonly sent: number; readonly answered: number };
  /** Ends it once its last call is answered; fails after ten seconds without. */
  stop(): Promise<void>;
}

/** Milliseconds that a call may take before it counts as lost. */
const PATIENCE_MS = 10_000;

/** Sends heartbeats, each after the answer to the one before, until it is stopped; with a password where one is asked for. */
export async function controlStation(url: string, password?: string): Promise<ControlStation> {
  const ws = new WebSocket(url, ['ocpp2.1'], {
    perMessageDeflate: password !== undefined,
    // Whose certificate it is does not matter to what is tested.
    rejectUnauthorized: false,
    headers: password === undefined ? {} : { Authorization: `Basic ${btoa(`CONTROL:${password}`)}` },
  });
  await once(ws, 'open');
  const counts = { sent: 0, answered: 0 };
  let stopping = false;
  let ended: (() => void) | undefined;
  const next = (): void => {
    if (stopping) {
      ended?.();
      return;
    }
    counts.sent += 1;
    ws.send(JSON.stringify([2, `control-${counts.sent}`, 'Heartbeat', {}]));
  };
  ws.on('message', (data) => {
    // The CSMS may ask something of its own; only the answer that is due counts.
    const [type, id] = JSON.parse(String(data)) as unknown[];
    if (type === 2) return ws.send(JSON.stringify([4, id, 'NotSupported', '', {}]));
    if (type !== 3 || id !== `control-${counts.sent}`) return;
    counts.answered += 1;
    // Not as fast as it can: it is there to be disturbed, not to be the load.
    setTimeout(next, 2);
  });
  ws.on('error', () => {});
  next();
  return {
    counts,
    async stop() {
      const answered = new Promise<void>((resolve) => {
        ended = resolve;
      });
      stopping = true;
      const timer = setTimeout(() => ended?.(), PATIENCE_MS);
      await answered;
      clearTimeout(timer);
      ws.terminate();
    },
  };
}
