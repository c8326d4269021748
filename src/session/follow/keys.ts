import type { JsonValue } from '../../ocpp/json.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import { type FilterNode, joined, type Literal } from '../filter/ast.ts';
import { anyAt } from '../filter/payload.ts';
import { FAMILIES, type FollowFamily, type FollowTopic, type Generation, type NamingPlace } from './topics.ts';

/** Something that messages of a station have in common: its name, in the numbering to which it belongs. */
export interface FollowKey {
  readonly station: string;
  readonly generation: Generation;
  readonly topic: FollowTopic;
  /** Family of the topic; empty where there is one alone. */
  readonly family: string;
  readonly value: string | number;
}

/** An exchange as far as it is known: whichever side a message is, both say what it is about. */
export interface Exchange {
  readonly station: string;
  readonly version: OcppVersion;
  readonly action: string;
  /** Payload of the CALL or SEND; undefined where it is not known. */
  readonly request: JsonValue | undefined;
  /** Payload of the answer; undefined where there is none. */
  readonly response: JsonValue | undefined;
}

/** Longer names are nobody's: OCPP allows 255 at most (2.1 idToken). */
const VALUE_MAX = 255;
/** A report of a whole station names each of its EVSEs. */
const KEYS_MAX = 100;

/** The generation of a version. */
export function generationOf(version: OcppVersion): Generation {
  return version === '1.6' ? '1.6' : '2';
}

/**
 * What an exchange has in common with others, the most telling first. Never throws, whatever the payloads are. At most
 * 100.
 */
export function keysOf(exchange: Exchange): readonly FollowKey[] {
  const { station, version, action } = exchange;
  const generation = generationOf(version);
  const keys: FollowKey[] = [];
  for (const { topic, name, places } of FAMILIES[generation]) {
    const values = new Set<string | number>();
    for (const { side, path, actions } of places) {
      if (actions && !actions.includes(action)) continue;
      anyAt(exchange[side], path, (value) => {
        if (isName(value)) values.add(value);
        return false;
      });
    }
    for (const value of values) {
      keys.push({ station, generation, topic, family: name, value });
      if (keys.length >= KEYS_MAX) return keys;
    }
  }
  return keys;
}

/** Whether two keys are the same. */
export function sameKey(a: FollowKey, b: FollowKey): boolean {
  return (
    a.station === b.station &&
    a.generation === b.generation &&
    a.topic === b.topic &&
    a.family === b.family &&
    a.value === b.value
  );
}

/** A key in words, such as `Transaction 4711` or `EVSE 1`. */
export function keyWords({ generation, topic, family, value }: FollowKey): string {
  const words = familyOf(generation, topic, family)?.words ?? topic;
  const whole = value === 0 && (topic === 'evse' || topic === 'connector');
  return whole ? `${words} 0, the whole station` : `${words} ${value}`;
}

/**
 * The filter that lets pass exactly the exchanges, both their sides, that have a key; undefined for a family that does
 * not exist.
 */
export function filterOfKey({ station, generation, topic, family, value }: FollowKey): FilterNode | undefined {
  const found = familyOf(generation, topic, family);
  if (found === undefined) return undefined;
  const literal: Literal = typeof value === 'number' ? { kind: 'number', value } : { kind: 'string', value };
  const named = found.places.map((place) => naming(place, literal));
  return joined('and', [
    comparison('station', '==', { kind: 'string', value: station }),
    comparison('version', generation === '1.6' ? '==' : '!=', { kind: 'string', value: '1.6' }),
    ...[joined('or', named)].filter((node) => node !== undefined),
  ]);
}

/** Names are texts and whole numbers; what is empty names nothing. */
function isName(value: JsonValue): value is string | number {
  if (typeof value === 'string') return value !== '' && value.length <= VALUE_MAX;
  return Number.isSafeInteger(value);
}

function familyOf(generation: Generation, topic: FollowTopic, name: string): FollowFamily | undefined {
  return FAMILIES[generation].find((family) => family.topic === topic && family.name === name);
}

function naming({ side, path, actions }: NamingPlace, value: Literal): FilterNode {
  const named: FilterNode = { kind: 'compare', field: { kind: 'payload', side, path }, operator: '==', value };
  if (actions === undefined) return named;
  const [action = '', ...others] = actions;
  const limited: FilterNode =
    others.length === 0
      ? comparison('action', '==', { kind: 'string', value: action })
      : {
          kind: 'in',
          field: { kind: 'row', name: 'action' },
          negated: false,
          values: actions.map((name) => ({ kind: 'string', value: name })),
        };
  return { kind: 'and', operands: [limited, named] };
}

function comparison(name: string, operator: '==' | '!=', value: Literal): FilterNode {
  return { kind: 'compare', field: { kind: 'row', name }, operator, value };
}
