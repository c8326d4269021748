import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { JsonValue } from '../../../ocpp/json.ts';
import { frameElements } from '../../../session/filter/payload.ts';
import type { RowType } from '../../../session/timeline.ts';
import { typeOf } from '../codes.ts';
import { textOf } from '../frame-bytes.ts';

/** What is asked of one value of a column. */
export type ValueTest = (value: SQLOutputValue) => boolean;

/** What is asked of a frame: of its text, and of the elements of the array that it is. */
export interface LookedFrame {
  readonly type: RowType | null;
  readonly text: string;
  elements(): readonly JsonValue[] | undefined;
}
export type FrameTest = (frame: LookedFrame) => boolean;

/** The tests of one filter, as the numbers under which its SQL calls them. */
export interface TestNumbers {
  value(test: ValueTest): number;
  frame(test: FrameTest): number;
}

/**
 * What SQL cannot say, as functions of a connection: `filter_value(test, value)` and `filter_frame(test, type, data)`,
 * where a test is a number that a filter was given for it.
 */
export class FilterFunctions {
  readonly #values = new Map<number, ValueTest>();
  readonly #frames = new Map<number, FrameTest>();
  #next = 1;
  /** The frame that was looked at last: several conditions of a filter ask for the same one. */
  #data: SQLOutputValue = null;
  #text = '';
  #elements: { readonly of: readonly JsonValue[] | undefined } | undefined;

  constructor(database: DatabaseSync) {
    const options = { deterministic: true, directOnly: true };
    database.function('filter_value', options, (test, value) => {
      return this.#values.get(Number(test))?.(value) ? 1 : 0;
    });
    database.function('filter_frame', options, (test, type, data) => {
      return this.#frames.get(Number(test))?.(this.#look(type, data)) ? 1 : 0;
    });
  }

  /** Numbers for the tests of a filter, and how to forget them. */
  forFilter(): { readonly numbers: TestNumbers; release(): void } {
    const own: number[] = [];
    const number = (): number => {
      own.push(this.#next);
      return this.#next++;
    };
    return {
      numbers: {
        value: (test) => {
          const id = number();
          this.#values.set(id, test);
          return id;
        },
        frame: (test) => {
          const id = number();
          this.#frames.set(id, test);
          return id;
        },
      },
      release: () => {
        for (const id of own) {
          this.#values.delete(id);
          this.#frames.delete(id);
        }
        // A frame can be large.
        this.#forget();
      },
    };
  }

  #forget(): void {
    this.#data = null;
    this.#text = '';
    this.#elements = undefined;
  }

  #look(type: SQLOutputValue, data: SQLOutputValue): LookedFrame {
    if (typeof data !== 'string' || data !== this.#data) {
      this.#data = data;
      this.#text = textOf('text', data) ?? '';
      this.#elements = undefined;
    }
    return {
      type: typeOf(type),
      text: this.#text,
      elements: () => {
        this.#elements ??= { of: frameElements(this.#text) };
        return this.#elements.of;
      },
    };
  }
}
