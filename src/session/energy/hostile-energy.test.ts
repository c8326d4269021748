import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EnergyTraceName, eventsOf } from '../../../fixtures/energy/load.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../ocpp/json.ts';
import { OCPP_VERSIONS } from '../../ocpp/version.ts';
import type { EnergyEvent } from './event.ts';
import { energyOverview } from './overview-picture.ts';
import { ENERGY_ACTIONS, SessionEnergy } from './session-energy.ts';

describe('hostile messages', () => {
  const NAMES =
    `transactionId transactionInfo evse id evseId connectorId meterValue sampledValue value timestamp measurand unit
    unitOfMeasure multiplier chargingProfile csChargingProfiles chargingSchedule chargingSchedulePeriod startPeriod limit
    stackLevel chargingProfilePurpose chargingRateUnit eventType seqNo remoteStartId status reportData component variable
    name variableAttribute type setVariableData setVariableResult tariff tariffId energy prices priceKwh conditions curve
    curveData x y xUnit yUnit controlId controlType isDefault schedule signedMeterData encodingMethod publicKey data
    transactionData costDetails totalCost batteryData soC frequency setpoint signal __proto__ constructor`.split(/\s+/);
  const scalar = fc.oneof(
    fc.constantFrom<JsonValue>(null, true, '', 'NaN', '1e999', '2026-01-01T00:00:00Z', '9999999-99', 1e308, -1, 0, 0.1),
    fc.constantFrom<JsonValue>('Charging', 'Accepted', 'Started', 'Ended', 'TxProfile', 'A', 'W', 'VoltVar', 'OCMF'),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ maxLength: 8 }),
  );
  const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      scalar,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 5 }),
    ),
  }));
  const payload = fc.dictionary(fc.constantFrom(...NAMES), value, { maxKeys: 6 }) as fc.Arbitrary<JsonObject>;
  const event: fc.Arbitrary<EnergyEvent> = fc
    .record({
      version: fc.constantFrom(...OCPP_VERSIONS),
      direction: fc.constantFrom('to-csms' as const, 'to-station' as const),
      action: fc.constantFrom(...ENERGY_ACTIONS),
      request: payload,
      response: fc.option(payload),
      at: fc.integer({ min: 0, max: 2 ** 41 }),
    })
    .map(({ response, ...said }) => {
      const common = { ...said, station: 'CS-1', entry: 2 };
      if (response === null) return { kind: 'request', ...common };
      return { kind: 'answer', ...common, requestEntry: 1, requestAt: said.at, response };
    });

  const traces: readonly EnergyTraceName[] = [
    'v2x-session',
    'der-event',
    'tariff-change',
    'battery-swap',
    'session-1.6',
  ];
  const recorded = traces.flatMap((name) => eventsOf(name));

  it('never throw where anything in a good one is something else, nor do those after it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(), value), { minLength: 1, maxLength: 40 }), (changes) => {
        const energy = new SessionEnergy(() => 0);
        const places = new Map(changes.map(([at, node, value]) => [at % recorded.length, { node, value }]));
        for (const [index, event] of recorded.entries()) {
          const change = places.get(index);
          energy.take(change ? changed(event, change.node, change.value) : event);
        }
        const { stations } = energyOverview(energy);
        expect(stations.length).toBeGreaterThan(0);
        expect(stations.flatMap(({ fault }) => fault ?? [])).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('never throw, whatever their payloads are, and leave an overview that can be told', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (events) => {
        const energy = new SessionEnergy(() => 0);
        for (const each of events) energy.take(each);
        const overview = energyOverview(energy);
        expect(JSON.parse(JSON.stringify(overview))).toEqual(overview);
        expect(energy.station('CS-1')?.fault).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });
});

/** An event in which one node of its payloads, counted from the first, is another value. */
function changed(event: EnergyEvent, node: number, value: JsonValue): EnergyEvent {
  if (event.kind !== 'request' && event.kind !== 'answer') return event;
  const side = event.kind === 'answer' && node % 2 === 1 ? 'response' : 'request';
  const payload = side === 'response' && event.kind === 'answer' ? event.response : event.request;
  let left = node % Math.max(1, sizeOf(payload));
  const replaced = (before: JsonValue): JsonValue => {
    if (left-- === 0) return value;
    if (Array.isArray(before)) return (before as readonly JsonValue[]).map(replaced);
    if (!isJsonObject(before)) return before;
    return Object.fromEntries(Object.entries(before).map(([name, member]) => [name, replaced(member)]));
  };
  const made = Object.fromEntries(Object.entries(payload).map(([name, member]) => [name, replaced(member)]));
  return { ...event, [side]: made };
}

function sizeOf(value: JsonValue): number {
  if (value === null || typeof value !== 'object') return 1;
  return Object.values(value).reduce((sum: number, member) => sum + sizeOf(member as JsonValue), 1);
}
