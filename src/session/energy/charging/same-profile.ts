import type { ChargingProfile, ChargingSchedule, SchedulePeriod } from '../../../ocpp/schedule/profile.ts';

/** Names of the fields in which two readings of one profile differ, as far as it changes what is calculated. */
export function differingFields(a: ChargingProfile, b: ChargingProfile): readonly string[] {
  const fields: string[] = [];
  const compare = (name: string, first: unknown, second: unknown) => {
    if (JSON.stringify(first) !== JSON.stringify(second)) fields.push(name);
  };
  compare('EVSE', a.evseId, b.evseId);
  compare('stackLevel', a.stackLevel, b.stackLevel);
  compare('chargingProfilePurpose', a.purpose, b.purpose);
  compare('chargingProfileKind', a.kind, b.kind);
  compare('recurrencyKind', a.recurrency, b.recurrency);
  compare('validFrom', seconds(a.validFrom), seconds(b.validFrom));
  compare('validTo', seconds(a.validTo), seconds(b.validTo));
  if (a.transactionId !== undefined && b.transactionId !== undefined) {
    compare('transactionId', a.transactionId, b.transactionId);
  }
  compare('maxOfflineDuration', a.maxOfflineDuration, b.maxOfflineDuration);
  compare('invalidAfterOfflineDuration', a.invalidAfterOfflineDuration, b.invalidAfterOfflineDuration);
  compare('number of schedules', a.schedules.length, b.schedules.length);
  for (const [index, schedule] of a.schedules.entries()) {
    const other = b.schedules[index];
    if (other) compareSchedules(schedule, other, compare);
  }
  return fields;
}

type Compare = (name: string, first: unknown, second: unknown) => void;

function compareSchedules(a: ChargingSchedule, b: ChargingSchedule, compare: Compare): void {
  compare('chargingRateUnit', a.unit, b.unit);
  compare(
    'startSchedule',
    [seconds(a.start?.milliseconds), a.start?.local],
    [seconds(b.start?.milliseconds), b.start?.local],
  );
  compare('duration', a.duration, b.duration);
  compare('minChargingRate', a.minChargingRate, b.minChargingRate);
  compare('randomizedDelay', a.randomizedDelay, b.randomizedDelay);
  compare('limitAtSoC', a.limitAtSoC, b.limitAtSoC);
  compare('number of periods', a.periods.length, b.periods.length);
  for (const [index, period] of a.periods.entries()) {
    const other = b.periods[index];
    if (other) compare(`period ${index + 1}`, shape(period), shape(other));
  }
}

function seconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : Math.floor(milliseconds / 1000);
}

/** A period with what is the same by default filled in: 3 phases (K01.FR.49), and no order of fields. */
function shape({
  values,
  numberPhases = 3,
  evseSleep = false,
  preconditioningRequest = false,
  ...rest
}: SchedulePeriod) {
  const { startPeriod, phaseToUse, operationMode, v2xBaseline, frequencyCurve, signalCurve } = rest;
  const numbers = Object.entries(values).filter(([, value]) => value !== undefined);
  return [
    startPeriod,
    numbers.sort(([first], [second]) => (first < second ? -1 : 1)),
    numberPhases,
    phaseToUse,
    operationMode,
    evseSleep,
    preconditioningRequest,
    v2xBaseline,
    frequencyCurve,
    signalCurve,
  ];
}
