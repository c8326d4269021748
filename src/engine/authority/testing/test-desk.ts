import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Outcome } from '../../../session/outcome.ts';
import { type Clock, systemClock } from '../../clock.ts';
import { listenResponder } from '../../net/responder.ts';
import { AuthorityDesk, type DeskOptions } from '../authority-desk.ts';

/** A folder for tests, and desks over it. */
export interface TestDesks {
  readonly folder: string;
  /** Another desk on the same folder, as another engine has it. */
  open(more?: Partial<DeskOptions>): AuthorityDesk;
  close(): Promise<void>;
}

export const MACHINE = { dns: ['bench.test', 'localhost'], addresses: ['192.0.2.7', '127.0.0.1', '::1'] };

export function testDesks(): TestDesks {
  const parent = mkdtempSync(join(tmpdir(), 'plugscope-desk-'));
  const folder = join(parent, 'authority');
  const desks: AuthorityDesk[] = [];
  return {
    folder,
    open(more = {}) {
      const desk = new AuthorityDesk({
        clock: systemClock(),
        folder,
        vault: async () => null,
        machine: () => MACHINE,
        listen: listenResponder,
        responderPort: 0,
        stationPort: () => 9220,
        revocation: async () => ({ state: 'not-known', sentence: 'Nobody was asked.' }),
        ...more,
      });
      desks.push(desk);
      return desk;
    },
    async close() {
      for (const desk of desks) await desk.close();
      rmSync(parent, { recursive: true, force: true });
    },
  };
}

/** A clock that is ahead of that of the machine, by milliseconds. */
export function clockAhead(ahead: () => number): Clock {
  const clock = systemClock();
  return {
    now() {
      const { wall, mono } = clock.now();
      return { wall: wall + ahead(), mono };
    },
    after: (milliseconds, task) => clock.after(milliseconds, task),
  };
}

/** The value of a success; throws what the failure says. */
export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(`${outcome.error.code}: ${outcome.error.sentence}`);
}
