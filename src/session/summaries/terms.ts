import type { JsonObject } from '../../ocpp/json.ts';
import type { Parts } from './action-words.ts';
import { labelled, number, object, phrase, text } from './payload.ts';

/** What an answer says: its status and why. */
export function statusWithReason(payload: JsonObject): string | undefined {
  return phrase(text(payload, 'status'), reason(payload, 'statusInfo'));
}

/** The reason of a status, in parentheses. */
export function reason(payload: JsonObject, key: string): string | undefined {
  const info = object(payload, key);
  const code = text(info, 'reasonCode');
  const more = text(info, 'additionalInfo', 60);
  if (code === undefined) return undefined;
  return more === undefined ? `(${code})` : `(${code}: ${more})`;
}

/** An answer that says nothing but that the message came. */
export function acknowledged(): Parts {
  return 'Acknowledged';
}

/** An EVSE of 2.x by its id; 0 is the whole station (part 2, data type EVSEType). */
export function evseId(id: number | undefined): string | undefined {
  if (id === undefined) return undefined;
  return id === 0 ? 'station' : `EVSE ${id}`;
}

/** The EVSE of 2.x, and its connector, that a property names. */
export function evse(payload: JsonObject, key = 'evse'): string | undefined {
  const where = object(payload, key);
  return phrase(evseId(number(where, 'id')), labelled('connector ', number(where, 'connectorId')));
}

/** A connector of 1.6; 0 is the whole charge point (1.6, 3.8). */
export function connector(payload: JsonObject, key = 'connectorId'): string | undefined {
  const id = number(payload, key);
  if (id === undefined) return undefined;
  return id === 0 ? 'Charge point' : `Connector ${id}`;
}

/** An id token of 2.x with its type. */
export function idToken(payload: JsonObject, key = 'idToken'): string | undefined {
  const token = object(payload, key);
  const type = text(token, 'type', 20);
  const id = text(token, 'idToken', 24);
  if (id === undefined) return type;
  return type === undefined ? id : `${id} (${type})`;
}

/** A component and its variable, as `Component.Variable` with their instances in brackets. */
export function variable(entry: JsonObject): string | undefined {
  const component = named(object(entry, 'component'));
  const of = named(object(entry, 'variable'));
  if (component === undefined) return of;
  return of === undefined ? component : `${component}.${of}`;
}

function named(thing: JsonObject): string | undefined {
  const name = text(thing, 'name');
  const instance = text(thing, 'instance', 20);
  return name !== undefined && instance !== undefined ? `${name}[${instance}]` : name;
}

/** `request 5` */
export function request(payload: JsonObject): string | undefined {
  return labelled('request ', number(payload, 'requestId'));
}

/** Whether more messages of a report follow. */
export function part(payload: JsonObject): string | undefined {
  const sequence = labelled('part ', number(payload, 'seqNo'));
  return payload.tbc === true ? phrase(sequence, 'to be continued') : sequence;
}
