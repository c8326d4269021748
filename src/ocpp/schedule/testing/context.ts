import type { JsonValue } from '../../json.ts';
import type { OcppVersion } from '../../version.ts';
import { compositeSchedule, type Piece } from '../composite.ts';
import type { ScheduleContext } from '../context.ts';
import { parseProfile } from '../parse-profile.ts';
import type { ChargingProfile } from '../profile.ts';

/** A context of an AC EVSE at 230 V with a transaction, in UTC and W, with what a test says otherwise. */
export function contextWith(more: Partial<ScheduleContext> = {}): ScheduleContext {
  return {
    evseId: 1,
    unit: 'W',
    current: 'AC',
    voltage: 230,
    transaction: { id: 'tx', start: Date.parse('2020-01-01T00:00Z') },
    offsetAt: () => 0,
    ...more,
  };
}

/** A profile from its payload; its source is its id. */
export function profileOf(
  payload: JsonValue,
  evseId = 1,
  version: OcppVersion = '2.1',
  receivedAt = 0,
): ChargingProfile {
  const result = parseProfile(payload, { version, source: 'message', evseId, receivedAt });
  if (!result.ok) throw new Error(result.error.sentence);
  return { ...result.value, source: `profile ${result.value.id}` };
}

/** The payload of an absolute profile of 2.1 with one schedule, from 2020 on. */
export function absolute(
  id: number,
  chargingProfilePurpose: string,
  periods: readonly JsonValue[],
  more: { readonly [name: string]: JsonValue } = {},
  ofSchedule: { readonly [name: string]: JsonValue } = {},
): JsonValue {
  return {
    id,
    stackLevel: 0,
    chargingProfilePurpose,
    chargingProfileKind: 'Absolute',
    chargingSchedule: [
      {
        id: 1,
        startSchedule: '2020-01-01T00:00:00Z',
        chargingRateUnit: 'W',
        chargingSchedulePeriod: periods,
        ...ofSchedule,
      },
    ],
    ...more,
  };
}

/** The limits of a composite schedule as `from limit source`, times in ISO 8601 without what is always zero. */
export function limitsOf(profiles: readonly ChargingProfile[], context: ScheduleContext, from: string, to: string) {
  return compositeSchedule(profiles, context, Date.parse(from), Date.parse(to)).map(limitInWords);
}

function limitInWords(piece: Piece): string {
  const from = new Date(piece.from).toISOString().slice(0, 16);
  const { limit } = piece.values;
  if (!limit) return `${from} none`;
  return `${from} ${Math.round(limit.value * 1000) / 1000} ${limit.decidedBy.profile.source}`;
}
