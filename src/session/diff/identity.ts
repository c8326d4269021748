import { isJsonObject, type JsonObject, type JsonValue } from '../../ocpp/json.ts';

/** Which differences are expected, and so not counted. */
export interface Ignored {
  /** Ids that one side hands out anew each time: message ids, transaction ids, request ids and the like. */
  readonly ids?: boolean;
  /** Instants; a difference between an instant and something else counts. */
  readonly times?: boolean;
}

/**
 * Properties that name an item among others of its list, in OCPP of any version. An item is recognised by all of them
 * that it has: a sampled value by measurand, phase and location, a report line by component and variable.
 */
const NAMING = [
  'id',
  'key',
  'name',
  'instance',
  'component',
  'variable',
  'attributeType',
  'type',
  'evse',
  'evseId',
  'connectorId',
  'chargingProfileId',
  'transactionId',
  'idToken',
  'idTag',
  'eventId',
  'tariffId',
  'controlId',
  'startPeriod',
  'measurand',
  'phase',
  'location',
  'context',
  'hashAlgorithm',
  'serialNumber',
] as const;
/** Properties that name an item by its time. */
const NAMING_TIMES = ['timestamp', 'startTime'] as const;

/** Ids that are handed out anew each time. An EVSE, a connector or a token is what it is in each session. */
const HANDED_OUT = new Set([
  'messageId',
  'transactionId',
  'remoteStartId',
  'requestId',
  'reservationId',
  'chargingProfileId',
  'eventId',
  'controlId',
  'receiptId',
]);
/** Objects of which `id` is handed out. */
const HANDED_OUT_WITHIN = new Set([
  'chargingProfile',
  'csChargingProfiles',
  'chargingSchedule',
  'message',
  'messageInfo',
]);

/** An instant as OCPP writes it (RFC 3339). */
const INSTANT = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?$/;

/** Whether a path, its keys from the outermost on, leads to an id that is handed out anew each time. */
export function isHandedOutId(keys: readonly string[]): boolean {
  const names = keys.filter((key) => !/^\d+$/.test(key));
  const name = names.at(-1) ?? '';
  return HANDED_OUT.has(name) || (name === 'id' && HANDED_OUT_WITHIN.has(names.at(-2) ?? ''));
}

/** Whether a value is written as an instant. */
export function isInstant(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && INSTANT.test(value);
}

/**
 * What recognises each object and each list in a list: its naming properties, or else its place. No two are alike.
 * Undefined for plain values, which are recognised by themselves.
 */
export function identitiesOf(items: readonly JsonValue[], ignored: Ignored): readonly (string | undefined)[] {
  const seen = new Map<string, number>();
  return items.map((item, index) => {
    if (typeof item !== 'object' || item === null) return undefined;
    const name = (isJsonObject(item) ? nameOf(item, ignored) : undefined) ?? `#${index}`;
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return `${name} ${before}`;
  });
}

function nameOf(item: JsonObject, ignored: Ignored): string | undefined {
  const names = ignored.times ? NAMING : [...NAMING, ...NAMING_TIMES];
  const own = names.filter(
    (name) => Object.hasOwn(item, name) && !(ignored.ids && (name === 'id' || HANDED_OUT.has(name))),
  );
  return own.length === 0 ? undefined : JSON.stringify(own.map((name) => [name, item[name]]));
}
