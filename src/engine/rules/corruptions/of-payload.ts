import type { JsonSchema } from '../../../ocpp/json-schema.ts';
import type { Corruption } from '../../../workspace/rule-action.ts';
import { type Draft, payloadIn } from '../draft.ts';
import type { ActionMeans, Effect } from '../effect.ts';
import { type JsonPlace, kindOf } from '../json-text.ts';
import { put, read, remove, replace } from '../payload-text.ts';
import { type Place, placesOf } from './places.ts';

type Of<K extends Corruption['how']> = Extract<Corruption, { how: K }>;

/** Name of the property that `huge-field` adds. */
const FILLER = 'plugscopeFiller';
/** Length of a text that grows where no schema says how long it may be. */
const LONG = 10_000;

/** Makes a text longer than its schema allows. */
export function oversize(
  draft: Draft,
  { pointer, characters }: Of<'oversize'>,
  { nth }: ActionMeans,
): Effect | undefined {
  const isText = ({ schema, value }: Place): boolean => typeof value === 'string' && schema?.maxLength !== undefined;
  const place = chosen(draft, pointer, nth, isText);
  if (place === undefined || typeof place.value !== 'string') return undefined;
  const length = characters ?? (place.schema?.maxLength ?? LONG) + 1;
  // Characters are code points, as the schema counts them.
  const text = [...place.value.slice(0, 2 * length)].slice(0, length).join('');
  const value = text + 'x'.repeat(Math.max(0, length - [...text].length));
  const effect = edited(draft, (payload) => replace(payload, place.pointer, JSON.stringify(value)));
  return effect && { ...effect, words: `${place.pointer} with ${length.toLocaleString('en-US')} characters` };
}

/** Adds a property that no schema knows. */
export function hugeField(draft: Draft, { characters }: Of<'huge-field'>): Effect | undefined {
  return edited(draft, (payload) =>
    kindOf(payload) === 'object' ? put(payload, `/${FILLER}`, JSON.stringify('x'.repeat(characters))) : undefined,
  );
}

/** Puts a value where its enumeration has no such one. */
export function wrongEnum(draft: Draft, { pointer }: Of<'wrong-enum'>, { nth }: ActionMeans): Effect | undefined {
  const isEnum = ({ schema, value }: Place): boolean => typeof value === 'string' && schema?.enum !== undefined;
  const place = chosen(draft, pointer, nth, isEnum);
  if (place === undefined) return undefined;
  const value = strange(typeof place.value === 'string' ? place.value : '', place.schema);
  const effect = edited(draft, (payload) => replace(payload, place.pointer, JSON.stringify(value)));
  return effect && { ...effect, words: `${place.pointer} is ${value}` };
}

/** Takes out what the schema requires. */
export function stripRequired(
  draft: Draft,
  { pointer }: Of<'strip-required'>,
  { nth }: ActionMeans,
): Effect | undefined {
  const place = chosen(draft, pointer, nth, ({ required }) => required);
  if (place === undefined) return undefined;
  const effect = edited(draft, (payload) => remove(payload, place.pointer));
  return effect && { ...effect, words: `without ${place.pointer}` };
}

/** What stands at the pointer; without one, each time the next of the places that could be spoilt so. */
function chosen(
  draft: Draft,
  pointer: string | undefined,
  nth: number,
  fits: (place: Place) => boolean,
): Place | undefined {
  const places = placesOf(draft);
  if (pointer === undefined) {
    const fitting = places.filter(fits);
    return fitting[nth % fitting.length];
  }
  const payload = payloadIn(draft.text);
  const raw = payload && read(payload, pointer);
  if (raw === undefined) return undefined;
  return places.find((place) => place.pointer === pointer) ?? { pointer, value: JSON.parse(raw), required: false };
}

/** A value that is none of an enumeration. */
function strange(value: string, schema: JsonSchema | undefined): string {
  let candidate = `Not${value}`;
  while (schema?.enum?.includes(candidate)) candidate = `Not${candidate}`;
  return candidate;
}

function edited(draft: Draft, edit: (payload: JsonPlace) => JsonPlace | undefined): Effect | undefined {
  const payload = payloadIn(draft.text);
  const changed = payload && edit(payload);
  return changed && { becomes: changed.text };
}
