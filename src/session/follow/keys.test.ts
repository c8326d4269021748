import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../ocpp/json.ts';
import { type JsonSchema, resolve } from '../../ocpp/json-schema.ts';
import { schemasOf } from '../../ocpp/official-schemas.ts';
import { OCPP_VERSIONS, type OcppVersion } from '../../ocpp/version.ts';
import { parseFilter } from '../filter/parse.ts';
import { compilePredicate } from '../filter/predicate.ts';
import { filterText } from '../filter/print.ts';
import type { FilterSubject } from '../filter/subject.ts';
import type { TimelineRow } from '../timeline.ts';
import { type Exchange, filterOfKey, generationOf, keysOf, keyWords, sameKey } from './keys.ts';
import { FAMILIES } from './topics.ts';

function exchange(version: OcppVersion, action: string, request: JsonValue, response?: JsonValue): Exchange {
  return { station: 'CS-1', version, action, request, response };
}

const words = (of: Exchange): readonly string[] => keysOf(of).map(keyWords);

describe('what an exchange has in common with others', () => {
  const cases: readonly [why: string, exchange: Exchange, words: readonly string[]][] = [
    [
      '1.6, 4.8: the CSMS hands out the transaction id in its answer',
      exchange('1.6', 'StartTransaction', { connectorId: 1, idTag: 'A1', reservationId: 7 }, { transactionId: 42 }),
      ['Transaction 42', 'Connector 1', 'Reservation 7', 'idTag A1'],
    ],
    ['1.6, 4.10', exchange('1.6', 'StopTransaction', { transactionId: 42 }), ['Transaction 42']],
    [
      '1.6, 5.16.4: a profile for a transaction',
      exchange('1.6', 'SetChargingProfile', {
        connectorId: 1,
        csChargingProfiles: { chargingProfileId: 3, transactionId: 42 },
      }),
      ['Transaction 42', 'Connector 1', 'Charging profile 3'],
    ],
    [
      '1.6, 4.9: connector 0',
      exchange('1.6', 'StatusNotification', { connectorId: 0 }),
      ['Connector 0, the whole station'],
    ],
    [
      'E01.FR.08, E01.FR.13, F01.FR.25',
      exchange('2.1', 'TransactionEvent', {
        transactionInfo: { transactionId: 't-1', remoteStartId: 5 },
        evse: { id: 2, connectorId: 1 },
        reservationId: 8,
        idToken: { idToken: 'AA', type: 'ISO14443' },
      }),
      ['Transaction t-1', 'EVSE 2', 'Remote start 5', 'Reservation 8', 'idToken AA'],
    ],
    [
      'F01.FR.13: the answer names the transaction',
      exchange(
        '2.1',
        'RequestStartTransaction',
        { remoteStartId: 5, evseId: 1 },
        { status: 'Accepted', transactionId: 't-1' },
      ),
      ['Transaction t-1', 'EVSE 1', 'Remote start 5'],
    ],
    ['B07.FR.04', exchange('2.0.1', 'NotifyReport', { requestId: 9, reportData: [] }), ['Report request 9']],
    ['N01.FR.07: another numbering than reports', exchange('2.1', 'GetLog', { requestId: 9 }), ['Log request 9']],
    [
      'H01: the id of a reservation is called id here',
      exchange('2.1', 'ReserveNow', { id: 4, evseId: 1 }),
      ['EVSE 1', 'Reservation 4'],
    ],
    ['elsewhere an id is something else', exchange('2.1', 'ClearDisplayMessage', { id: 4 }), ['Display message 4']],
    [
      'K09.FR.03: profiles that are asked for',
      exchange('2.1', 'GetChargingProfiles', { requestId: 1, chargingProfile: { chargingProfileId: [3, 4] } }),
      ['Charging profile request 1', 'Charging profile 3', 'Charging profile 4'],
    ],
    [
      'a name in several places is one key',
      exchange('2.1', 'NotifyReport', {
        requestId: 1,
        reportData: [{ component: { evse: { id: 1 } } }, { component: { evse: { id: 1 } } }],
      }),
      ['EVSE 1', 'Report request 1'],
    ],
    [
      'what is no name is none',
      exchange('2.1', 'TransactionEvent', { transactionInfo: { transactionId: {} }, evse: { id: 1.5 } }),
      [],
    ],
    ['nothing at all', exchange('2.1', 'Heartbeat', {}, {}), []],
  ];
  it.each(cases)('%s', (_, of, expected) => {
    expect(words(of)).toEqual(expected);
  });

  it('stays bounded in a report that names everything', () => {
    const reportData = Array.from({ length: 5000 }, (_, id) => ({ component: { evse: { id } } }));
    expect(keysOf(exchange('2.1', 'NotifyReport', { reportData }))).toHaveLength(100);
  });
});

/** Names of properties that look like the name of a thing but are none that messages are followed by. */
const NOT_FOLLOWED =
  /(^|\.)(customData|idTokenInfo|vendorId|iccid|messageId|connectorId|receiptId|eventId|signatureId|salesTariff|selectedChargingScheduleId|chargingSchedule(\[\*\])?)(\.|\[|$)/;

describe('the table of places', () => {
  it.each(OCPP_VERSIONS)('knows every id in the schemas of %s', (version) => {
    const known = new Set(
      FAMILIES[generationOf(version)].flatMap(({ places }) =>
        places.flatMap(({ side, path, actions }) => {
          const written = path
            .map((step) => (step.kind === 'key' ? `.${step.name}` : '[*]'))
            .join('')
            .slice(1);
          return (actions ?? ['']).map((action) => `${action} ${side}.${written}`);
        }),
      ),
    );
    const missing = schemasOf(version).flatMap(({ action, kind, schema }) =>
      idsIn(schema, schema, '')
        .filter((path) => version === '1.6' || !NOT_FOLLOWED.test(path))
        .filter((path) => !/(^|\.)(vendorId|iccid|messageId|parentIdTag)$/.test(path))
        .filter((path) => !known.has(` ${kind}.${path}`) && !known.has(`${action} ${kind}.${path}`))
        .map((path) => `${action} ${kind}.${path}`),
    );
    expect(missing).toEqual([]);
  });

  it('gives each family its own name', () => {
    for (const families of Object.values(FAMILIES)) {
      const names = families.map(({ topic, name }) => `${topic} ${name}`);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

/** Paths of the texts and whole numbers in a schema that are called some id. */
function idsIn(schema: JsonSchema, root: JsonSchema, path: string): readonly string[] {
  const found = resolve(schema, root);
  if (found.items) return idsIn(found.items, root, `${path}[*]`);
  if (found.properties) {
    return Object.entries(found.properties)
      .filter(([name]) => name !== 'customData')
      .flatMap(([name, child]) => idsIn(child, root, path === '' ? name : `${path}.${name}`));
  }
  const isId = /(^|\.)(id|\w+Ids?)(\[\*\])?$/.test(path);
  return isId && (found.type === 'integer' || found.type === 'string') ? [path] : [];
}

const ids = fc.constantFrom<JsonValue>(1, 2, 'x', 'x"y\\', '', 1.5, null);
const named = fc.record(
  {
    transactionId: ids,
    connectorId: ids,
    requestId: ids,
    id: ids,
    evse: fc.record({ id: ids }),
    transactionInfo: fc.record({ transactionId: ids, remoteStartId: ids }, { requiredKeys: [] }),
    chargingProfile: fc.oneof(fc.record({ id: ids }), fc.array(fc.record({ id: ids }), { maxLength: 2 })),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>;
const exchanges = fc.record({
  station: fc.constantFrom('CS-1', 'CS-2'),
  version: fc.constantFrom(...OCPP_VERSIONS),
  action: fc.constantFrom('TransactionEvent', 'NotifyReport', 'GetLog', 'ReserveNow', 'StartTransaction'),
  request: named,
  response: fc.option(named, { nil: undefined }),
});

describe('the filter of a key', () => {
  it('lets pass both sides of exactly the exchanges that have it, also after it was written down', () => {
    fc.assert(
      fc.property(fc.array(exchanges, { minLength: 2, maxLength: 5 }), (all) => {
        for (const key of all.flatMap(keysOf)) {
          const filter = filterOfKey(key);
          const written = filter && parseFilter(filterText(filter));
          expect(written?.problems).toEqual([]);
          expect(written?.node).toEqual(filter);
          if (!filter) throw new Error('A key has no filter');
          const passes = compilePredicate(filter, { offsetAt: () => 0 });
          for (const other of all) {
            const has = keysOf(other).some((one) => sameKey(one, key));
            for (const subject of sidesOf(other)) expect(passes(subject)).toBe(has);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('does not exist for a family that does not', () => {
    const key = { station: 'CS-1', generation: '1.6', topic: 'evse', family: 'x', value: 1 } as const;
    expect(filterOfKey(key)).toBeUndefined();
  });
});

/** The CALL and, where there is one, the CALLRESULT of an exchange, as filters look at them. */
function sidesOf({ station, version, action, request, response }: Exchange): readonly FilterSubject[] {
  const call = { type: 'CALL', text: JSON.stringify([2, 'm', action, request]) } as const;
  const result = { type: 'CALLRESULT', text: JSON.stringify([3, 'm', response]) } as const;
  const subject = (
    own: typeof call | typeof result,
    other: typeof call | typeof result | undefined,
  ): FilterSubject => ({
    row: row({
      station,
      version,
      action,
      type: own.type,
      call: own.type === 'CALL' ? null : 1,
      answer: own.type === 'CALL' && other ? 2 : null,
    }),
    conversation: 1,
    text: () => own.text,
    findingRules: () => [],
    counterpart: () => other,
  });
  return response === undefined ? [subject(call, undefined)] : [subject(call, result), subject(result, call)];
}

function row(more: Partial<TimelineRow>): TimelineRow {
  return {
    entry: 1,
    kind: 'frame',
    wall: 0,
    link: 1,
    station: 'CS-1',
    version: '2.1',
    direction: 'to-csms',
    type: 'CALL',
    action: null,
    messageId: 'm',
    summary: '',
    call: null,
    answer: null,
    latency: null,
    severity: null,
    findings: 0,
    size: 1,
    origin: 'received',
    original: null,
    fate: null,
    ...more,
  };
}
