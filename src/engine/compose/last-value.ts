import type { ViewState } from '../../bridge/contract.ts';
import type { JsonValue } from '../../ocpp/json.ts';
import type { FieldRef, FilterNode } from '../../session/filter/ast.ts';
import { joined } from '../../session/filter/ast.ts';
import { anyAt, payloadIn } from '../../session/filter/payload.ts';
import { filterText } from '../../session/filter/print.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import type { EntryDetail, TimelineRow } from '../../session/timeline.ts';

/** What is needed of a session reader to find the last value of a field. */
export interface ValueSource {
  openView(filter: string): Promise<Outcome<ViewState>>;
  closeView(view: number): Promise<void>;
  onViewGrown(listener: (view: ViewState) => void): () => void;
  rows(view: number, start: number, count: number): Promise<readonly TimelineRow[]>;
  entry(entry: number): Promise<EntryDetail | null>;
}

/** A field of a payload whose last value is wanted. */
export interface LastValueQuery {
  readonly field: Extract<FieldRef, { kind: 'payload' }>;
  /** Of this station only; of any where it is left out. */
  readonly station: string | undefined;
  readonly filter: FilterNode | undefined;
  /** Entries that must have been looked at: those recorded so far. */
  readonly upTo: number;
}

/** The value that a field had in the last message that passes a filter; the first of them where a path leads to many. */
export async function lastValue(
  source: ValueSource,
  query: LastValueQuery,
  patience: AbortSignal,
): Promise<Outcome<JsonValue>> {
  const filter = filterText(conditionOf(query));
  // Listens before it asks, so that no growth is missed.
  const growths: ViewState[] = [];
  let wake = (): void => {};
  const stop = source.onViewGrown((state) => {
    growths.push(state);
    wake();
  });
  const opened = await source.openView(filter);
  if (!opened.ok) {
    stop();
    return opened;
  }
  try {
    let state = opened.value;
    while (state.scanned < state.entries || state.entries < query.upTo) {
      if (patience.aborted) return failure('session-behind', `The index of the session is behind, so ${NO_VALUE}.`);
      await new Promise<void>((resolve) => {
        wake = resolve;
        patience.addEventListener('abort', () => resolve(), { once: true });
      });
      state = growths.findLast(({ view }) => view === state.view) ?? state;
    }
    return await valueAtEnd(source, state, query);
  } finally {
    stop();
    await source.closeView(opened.value.view);
  }
}

const NO_VALUE = 'it cannot be said what the last value is';

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

async function valueAtEnd(
  source: ValueSource,
  { view, count }: ViewState,
  { field, station }: LastValueQuery,
): Promise<Outcome<JsonValue>> {
  const [row] = count === 0 ? [] : await source.rows(view, count - 1, 1);
  const detail = row && (await source.entry(row.entry));
  if (!detail) {
    const whose = station === undefined ? 'No message' : `No message of ${station}`;
    return failure(
      'no-value',
      `${whose} in this session has what is looked for: ${filterText({ kind: 'exists', field })}.`,
    );
  }
  let found: JsonValue | undefined;
  anyAt(payloadOf(detail, field.side), field.path, (value) => {
    found = value;
    return true;
  });
  return found === undefined
    ? failure('no-value', `Entry ${detail.row.entry} has no such value any more.`)
    : success(found);
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
