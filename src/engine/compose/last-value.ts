import type { JsonValue } from '../../ocpp/json.ts';
import type { FieldRef, FilterNode } from '../../session/filter/ast.ts';
import { joined } from '../../session/filter/ast.ts';
import { anyAt, payloadIn } from '../../session/filter/payload.ts';
import { fieldText, filterText } from '../../session/filter/print.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import type { EntryDetail } from '../../session/timeline.ts';

/** What is needed of a session reader to find the last value of a field. */
export interface ValueSource {
  /** Those of some entries, in ascending order, that pass a filter. */
  passing(filter: string, entries: readonly number[]): Promise<readonly number[]>;
  entry(entry: number): Promise<EntryDetail | null>;
}

/** A field of a payload whose last value is wanted. */
export interface LastValueQuery {
  readonly field: Extract<FieldRef, { kind: 'payload' }>;
  /** Of this station only; of any where it is left out. */
  readonly station: string | undefined;
  readonly filter: FilterNode | undefined;
  /** The last entry that is looked at. */
  readonly upTo: number;
}

/** Entries that are looked at first, and at once at the most: what is looked for is mostly near the end. */
const FIRST = 500;
const MOST = 20_000;

/** The value that a field had in the last message that passes a filter; the first of them where a path leads to many. */
export async function lastValue(
  source: ValueSource,
  query: LastValueQuery,
  patience: AbortSignal,
): Promise<Outcome<JsonValue>> {
  const filter = filterText(conditionOf(query));
  let end = query.upTo;
  for (let size = FIRST; end > 0; size = Math.min(4 * size, MOST)) {
    if (patience.aborted) {
      return failure('not-in-time', `The last value of ${fieldText(query.field)} was not found in time.`);
    }
    const start = Math.max(1, end - size + 1);
    const entries = Array.from({ length: end - start + 1 }, (_, index) => start + index);
    const found = (await source.passing(filter, entries)).at(-1);
    const detail = found === undefined ? null : await source.entry(found);
    if (detail) return valueIn(detail, query.field);
    end = start - 1;
  }
  const whose = query.station === undefined ? 'No message' : `No message of ${query.station}`;
  return failure('no-value', `${whose} in this session has what is looked for: ${fieldText(query.field)}.`);
}

function conditionOf({ field, station, filter }: LastValueQuery): FilterNode {
  const there: FilterNode = { kind: 'exists', field };
  const ofStation: FilterNode[] =
    station === undefined
      ? []
      : [
          {
            kind: 'compare',
            field: { kind: 'row', name: 'station' },
            operator: '==',
            value: { kind: 'string', value: station.toWellFormed() },
          },
        ];
  return joined('and', [...ofStation, ...(filter ? [filter] : []), there]) ?? there;
}

function valueIn(detail: EntryDetail, { side, path }: LastValueQuery['field']): Outcome<JsonValue> {
  let found: JsonValue | undefined;
  anyAt(payloadOf(detail, side), path, (value) => {
    found = value;
    return true;
  });
  if (found !== undefined) return success(found);
  return failure('no-value', `Entry ${detail.row.entry} has no such value any more.`);
}

/** The payload that a side of the filter language means. */
function payloadOf(
  { row, text, counterpart }: EntryDetail,
  side: LastValueQuery['field']['side'],
): JsonValue | undefined {
  if (side === 'payload') return payloadIn(row.type, text);
  const isRequest = row.type === 'CALL' || row.type === 'SEND';
  if ((side === 'request') === isRequest) return payloadIn(row.type, text);
  return counterpart && payloadIn(counterpart.row.type, counterpart.text);
}
