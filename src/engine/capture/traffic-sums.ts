import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Direction } from '../../ocpp/direction.ts';
import { codeOfDirection } from './codes.ts';

/**
 * What passes over each link: the frames that were recorded on it, and those that came on the other leg and went on
 * over this one. Gathered in memory and written with each transaction, for an update a frame would cost too much.
 */
export class TrafficSums {
  readonly #add: StatementSync;
  readonly #sums = new Map<
    string,
    { readonly link: number; readonly direction: number; messages: number; bytes: number }
  >();

  constructor(database: DatabaseSync) {
    this.#add = database.prepare(
      `INSERT INTO traffic VALUES (?,?,?,?)
       ON CONFLICT DO UPDATE SET messages = messages + excluded.messages, bytes = bytes + excluded.bytes`,
    );
  }

  /** @param messages 1 for a frame that passes, -1 for one that turns out not to have done so */
  add(link: number, direction: Direction, messages: 1 | -1, bytes: number): void {
    const code = codeOfDirection(direction);
    const key = `${link} ${code}`;
    const sum = this.#sums.get(key) ?? { link, direction: code, messages: 0, bytes: 0 };
    sum.messages += messages;
    sum.bytes += messages * bytes;
    this.#sums.set(key, sum);
  }

  /** Writes what was gathered into the transaction that is open. */
  flush(): void {
    for (const { link, direction, messages, bytes } of this.#sums.values()) {
      this.#add.run(link, direction, messages, bytes);
    }
    this.#sums.clear();
  }
}
