import type { JsonObject } from '../../ocpp/json.ts';
import { rate } from './measurements.ts';
import { count, labelled, number, objects, phrase, text } from './payload.ts';

/** A charging profile of 1.6 or 2.x: `TxProfile #5 stack 0, 2 periods, max 11.0 kW`. */
export function profile(payload: JsonObject): string | undefined {
  const purpose = text(payload, 'chargingProfilePurpose');
  const id = labelled('#', number(payload, 'id') ?? number(payload, 'chargingProfileId'));
  const stack = labelled('stack ', number(payload, 'stackLevel'));
  const head = phrase(purpose, id, stack, kind(payload));
  const shape = schedule(objects(payload, 'chargingSchedule'));
  return head !== undefined && shape !== undefined ? `${head}, ${shape}` : (head ?? shape);
}

/** Schedules: how many periods, and the highest limit. */
export function schedule(schedules: readonly JsonObject[]): string | undefined {
  if (schedules.length === 0) return undefined;
  let periods = 0;
  let highest: number | undefined;
  let unit: string | undefined;
  for (const one of schedules) {
    unit ??= text(one, 'chargingRateUnit');
    for (const period of objects(one, 'chargingSchedulePeriod')) {
      periods += 1;
      const limit = number(period, 'limit') ?? number(period, 'setpoint');
      if (limit !== undefined && (highest === undefined || limit > highest)) highest = limit;
    }
  }
  const many = schedules.length > 1 ? `${count(schedules.length, 'schedule')}, ` : '';
  const limit = highest === undefined ? '' : `, max ${rate(highest, unit)}`;
  return `${many}${count(periods, 'period')}${limit}`;
}

function kind(payload: JsonObject): string | undefined {
  const name = text(payload, 'chargingProfileKind');
  return name === 'Recurring'
    ? text(payload, 'recurrencyKind')?.toLowerCase()
    : name === 'Dynamic'
      ? 'dynamic'
      : undefined;
}
