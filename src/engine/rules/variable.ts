import { readVariable as readCommon, VARIABLE_WORDS } from '../../session/compose/variable.ts';
import { readFilter } from '../../session/filter/check.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import { type Draft, payloadIn } from './draft.ts';
import type { ActionMeans } from './effect.ts';
import { type JsonPlace, rawOf, valueAt } from './json-text.ts';

/** The JSON text of a variable's value for a frame; undefined where it has none. */
export type VariableValue = (draft: Draft, means: ActionMeans) => string | undefined;

/** What the variables of rules are, as they are written. */
export const RULE_VARIABLES = [
  ...VARIABLE_WORDS.filter(({ text }) => text.startsWith('{{now') || text === '{{uuid}}'),
  { text: '{{messageId}}', words: 'The message id' },
  { text: '{{action}}', words: 'The action; of an answer, that of its request' },
  { text: '{{station}}', words: 'The identity of the station' },
  { text: '{{payload.idToken.type}}', words: 'What stands in the payload' },
  { text: '{{request.idToken.type}}', words: 'What stands in the payload of the request, on its answer' },
] as const;

const OF_FRAME: ReadonlyMap<string, VariableValue> = new Map([
  ['messageId', ({ messageId }) => textOrNone(messageId)],
  ['action', ({ action }) => textOrNone(action)],
  ['station', ({ subject }) => JSON.stringify(subject.row.station)],
]);

/** Reads what stands between the braces: the variables that the composer has too, and those of the frame. */
export function readVariable(text: string): Outcome<VariableValue> {
  const name = text.trim();
  const ofFrame = OF_FRAME.get(name);
  if (ofFrame !== undefined) return success(ofFrame);
  if (/^(payload|request)\b/.test(name)) return readField(name);
  const common = readCommon(name);
  if (common.ok && common.value.kind === 'uuid') return success((_, { chances }) => JSON.stringify(chances.uuid()));
  if (common.ok && common.value.kind === 'now') {
    const { offset } = common.value;
    return success((_, { now }) => JSON.stringify(new Date(now() + offset).toISOString()));
  }
  if (!common.ok && name.startsWith('now')) return common;
  const known = RULE_VARIABLES.map(({ text: written }) => written).join(', ');
  return failure('variable-unknown', `A rule has no variable {{${name.slice(0, 60)}}}; there are ${known}.`);
}

function readField(name: string): Outcome<VariableValue> {
  const { filter } = readFilter(name);
  const field = filter?.kind === 'exists' && filter.field.kind === 'payload' ? filter.field : undefined;
  const keys = field?.path.map((step) =>
    step.kind === 'key' ? step.name : String(step.kind === 'index' && step.index),
  );
  if (field === undefined || keys === undefined || field.path.some(({ kind }) => kind === 'any')) {
    return failure('field-unknown', `{{${name.slice(0, 60)}}} is no field; write payload.NAME or request.NAME[0].`);
  }
  return success((draft) => {
    const payload = field.side === 'request' ? requestOf(draft) : payloadIn(draft.text);
    const found = payload && valueAt(payload, keys);
    return found && rawOf(found);
  });
}

/** The payload of the request of the exchange that a frame belongs to. */
function requestOf({ type, text, subject }: Draft): JsonPlace | undefined {
  if (type === 'CALL' || type === 'SEND') return payloadIn(text);
  const other = subject.row.call === null ? undefined : subject.counterpart();
  return payloadIn(other?.text);
}

function textOrNone(value: string | null): string | undefined {
  return value === null ? undefined : JSON.stringify(value);
}
