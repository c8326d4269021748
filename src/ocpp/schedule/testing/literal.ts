import type { ScheduleContext, StepSeries } from '../context.ts';
import type { ChargingProfile, ChargingSchedule, SchedulePeriod, ValueName } from '../profile.ts';

// The rules, one after the other, at one instant, as the specification words them. Slow, and on purpose without a line
// of the fast calculation, which is compared with it.

/** A period in force at an instant. */
interface InForce {
  readonly profile: ChargingProfile;
  readonly schedule: ChargingSchedule;
  readonly period: SchedulePeriod;
  readonly periodIndex: number;
}

/** What the rules come to at one instant. */
export interface LiteralResult {
  readonly conflict: boolean;
  readonly values: { readonly [name: string]: number };
  /** `profile id/period index` by the name of the value. */
  readonly decidedBy: { readonly [name: string]: string };
  readonly numberPhases: number | undefined;
  readonly operationMode: string | undefined;
}

/** Evaluates all profiles at one instant of a composite schedule that begins at `asked`. */
export function literalAt(
  profiles: readonly ChargingProfile[],
  context: ScheduleContext,
  asked: number,
  instant: number,
): LiteralResult {
  const forThisEvse = profiles.filter((p) => p.evseId === 0 || p.evseId === context.evseId);
  const leads = (purpose: string, evseIds: readonly number[]) =>
    leading(
      forThisEvse.filter((p) => p.purpose === purpose && evseIds.includes(p.evseId)),
      context,
      asked,
      instant,
    );
  const both = [0, context.evseId];
  const station = context.evseId === 0;

  // SC.01: highest stack level of each of the purposes; TxDefaultProfile (or TxProfile or PriorityCharging).
  let tx: InForce | undefined;
  if (!station) {
    tx = leads('TxDefaultProfile', both);
    if (context.transaction) {
      const id = context.transaction.id;
      const mine = forThisEvse.filter(
        (p) =>
          p.purpose === 'TxProfile' &&
          p.evseId === context.evseId &&
          (p.transactionId === undefined || id === undefined || p.transactionId === id),
      );
      tx = leading(mine, context, asked, instant) ?? tx;
    }
    for (const use of context.priorityCharging ?? []) {
      if (use.from <= instant && instant < use.to) tx = leads('PriorityCharging', both) ?? tx;
    }
  }
  // K11.FR.01: what was given without a stack level holds beside all else.
  const external = (station ? [0] : [context.evseId, 0]).flatMap((evseId) => {
    const there = forThisEvse.filter((p) => p.purpose === 'ChargingStationExternalConstraints' && p.evseId === evseId);
    const sources = new Set(there.map((p) => p.limitSource ?? ''));
    return [...sources].sort().map((source) =>
      leading(
        there.filter((p) => (p.limitSource ?? '') === source),
        context,
        asked,
        instant,
      ),
    );
  });
  const max = leads('ChargingStationMaxProfile', [0]);
  const generation = leads('LocalGeneration', both);
  const merged = [tx, ...external, max].filter((each) => each !== undefined);
  const all = generation ? [...merged, generation] : merged;

  // 3.8: numberPhases is the lowest, and phases must not contradict.
  const wanted = new Set<number>();
  let numberPhases: number | undefined;
  for (const { period } of all) {
    if (period.numberPhases !== undefined) numberPhases = Math.min(numberPhases ?? 3, period.numberPhases);
    if (period.numberPhases === 1 && period.phaseToUse) wanted.add(period.phaseToUse);
  }
  if (wanted.size > 1)
    return { conflict: true, values: {}, decidedBy: {}, numberPhases: undefined, operationMode: undefined };

  const numbers = new Map<InForce, Record<string, number>>();
  for (const each of all) numbers.set(each, own(each, context, instant));

  // Q06.FR.20 to 22.
  const setpointNames = ['setpoint', 'setpointReactive'].flatMap((n) => [n, `${n}_L2`, `${n}_L3`]);
  const hasSetpoint = (each: InForce) => setpointNames.some((name) => numbers.get(each)?.[name] !== undefined);
  const outsiders = external
    .filter((each) => each !== undefined)
    .filter((each) => each.period.operationMode === 'ExternalSetpoint' && hasSetpoint(each));
  const silenced: InForce[] = [];
  if (tx && outsiders.length > 0) {
    const mode = tx.period.operationMode;
    if (mode === 'LocalFrequency' || mode === 'LocalLoadBalancing' || hasSetpoint(tx)) {
      if (context.setpointPriority === 'CSMS') silenced.push(...outsiders);
      else silenced.push(tx);
    }
  }
  for (const each of silenced) for (const name of setpointNames) delete numbers.get(each)?.[name];

  // Does any period in force tell phases apart? A silenced setpoint does as well.
  const told = (postfix: string) =>
    all.some((each) => Object.keys(own(each, context, instant)).some((name) => name.endsWith(postfix)));
  const postfixes = ['', ...['_L2', '_L3'].filter(told)];

  const values: Record<string, number> = {};
  const decidedBy: Record<string, string> = {};
  const take = (name: string, value: number, by: InForce) => {
    values[name] = value;
    decidedBy[name] = `${by.profile.id}/${by.periodIndex}`;
  };
  for (const quantity of ['limit', 'dischargeLimit', 'setpoint', 'setpointReactive']) {
    for (const postfix of postfixes) {
      const name = quantity + postfix;
      const offers = merged.flatMap((by) => {
        const value = offer(
          by,
          numbers.get(by) ?? {},
          quantity,
          postfix,
          postfixes.length > 1,
          context,
          numberPhases ?? 3,
        );
        return value === undefined ? [] : [{ by, value }];
      });
      // SC.04: lowest limit, highest dischargeLimit, setpoint of the least energy; the first of equal ones.
      const measure = (value: number) =>
        quantity === 'limit' ? value : quantity === 'dischargeLimit' ? -value : Math.abs(value);
      const least = Math.min(...offers.map(({ value }) => measure(value)));
      const chosen = offers.find(({ value }) => measure(value) === least);
      if (!chosen) continue;
      let value = chosen.value;
      if (quantity === 'limit' && generation) {
        const more = offer(
          generation,
          numbers.get(generation) ?? {},
          'limit',
          postfix,
          postfixes.length > 1,
          context,
          numberPhases ?? 3,
        );
        value += more ?? 0;
      }
      take(name, value, chosen.by);
    }
  }
  // V2X.03, V2X.04, K08.FR.08.
  for (const postfix of postfixes) {
    const setpoint = values[`setpoint${postfix}`];
    const limit = values[`limit${postfix}`];
    const discharge = values[`dischargeLimit${postfix}`];
    if (setpoint === undefined) continue;
    if (setpoint > 0 && limit !== undefined && setpoint > limit) values[`setpoint${postfix}`] = limit;
    if (setpoint < 0 && discharge !== undefined && setpoint < discharge) values[`setpoint${postfix}`] = discharge;
  }
  const deciding = decidedBy.setpoint ?? decidedBy.setpointReactive;
  const modeOf =
    deciding === undefined
      ? merged.find((each) => !silenced.includes(each))
      : merged.find((each) => `${each.profile.id}/${each.periodIndex}` === deciding);
  return { conflict: false, values, decidedBy, numberPhases, operationMode: modeOf?.period.operationMode };
}

/** The period in force of the profile with the highest stack level that has one (3.6, K01.FR.17). */
function leading(candidates: readonly ChargingProfile[], context: ScheduleContext, asked: number, instant: number) {
  let best: InForce | undefined;
  for (const profile of candidates) {
    const inForce = periodAt(profile, context, asked, instant);
    if (!inForce) continue;
    const rival = best?.profile;
    const wins =
      !rival ||
      profile.stackLevel > rival.stackLevel ||
      (profile.stackLevel === rival.stackLevel && profile.evseId !== 0 && rival.evseId === 0) ||
      (profile.stackLevel === rival.stackLevel &&
        (profile.evseId === 0) === (rival.evseId === 0) &&
        profile.receivedAt >= rival.receivedAt);
    if (wins) best = inForce;
  }
  return best;
}

function periodAt(
  profile: ChargingProfile,
  context: ScheduleContext,
  asked: number,
  instant: number,
): InForce | undefined {
  if (profile.validFrom !== undefined && instant < profile.validFrom) return undefined; // K01.FR.36
  if (profile.validTo !== undefined && instant >= profile.validTo) return undefined; // K01.FR.37
  if (profile.maxOfflineDuration !== undefined) {
    for (const gap of context.offline ?? []) {
      if (gap.to <= profile.receivedAt) continue;
      const over = gap.from + profile.maxOfflineDuration * 1000;
      if (gap.to <= over) continue; // it was never offline for longer
      if (instant >= over && instant < gap.to) return undefined; // K01.FR.101
      if (instant >= gap.to && profile.invalidAfterOfflineDuration) return undefined; // K01.FR.102
    }
  }
  const scheduleIndex = profile.purpose === 'TxProfile' ? (context.scheduleIndex ?? 0) : 0;
  const schedule = profile.schedules[scheduleIndex];
  if (!schedule) return undefined;

  if (profile.kind === 'Dynamic') {
    const updated = (instant - (profile.dynUpdateTime ?? profile.receivedAt)) / 1000;
    if (schedule.duration !== undefined && updated >= schedule.duration) return undefined; // K28.FR.13
    const [only] = schedule.periods; // K28.FR.01, K28.FR.02
    return only && { profile, schedule, period: only, periodIndex: 0 };
  }
  let seconds: number;
  if (schedule.start === undefined)
    seconds = (instant - (context.transaction?.start ?? asked)) / 1000; // K01.FR.42
  else if (schedule.start.local) {
    seconds = (instant + context.offsetAt(instant) - schedule.start.milliseconds) / 1000; // K01.FR.90, .91
  } else seconds = (instant - schedule.start.milliseconds) / 1000;
  if (seconds < 0) return undefined; // K01.FR.30
  if (profile.kind === 'Recurring') seconds %= profile.recurrency === 'Weekly' ? 604_800 : 86_400;
  if (schedule.duration !== undefined && seconds >= schedule.duration) return undefined; // K01.FR.12, .13

  // The last of the list that has started, which leaves out the ones of K01.FR.97.
  let found: number | undefined;
  schedule.periods.forEach((period, index) => {
    let start = period.startPeriod;
    if (index > 0 && schedule.randomizedDelay > 0 && context.transaction) {
      start += context.delayOf?.(profile, scheduleIndex, index) ?? 0; // K01.FR.92, K08.FR.06
    }
    if (start <= seconds) found = index;
  });
  const period = found === undefined ? undefined : schedule.periods[found];
  return period && found !== undefined ? { profile, schedule, period, periodIndex: found } : undefined;
}

const IGNORED: Record<string, readonly string[]> = {
  ChargingOnly: ['dischargeLimit', 'setpoint'],
  CentralFrequency: ['setpointReactive'],
  ExternalLimits: ['setpoint'],
  LocalFrequency: ['limit', 'dischargeLimit', 'setpoint'],
  LocalLoadBalancing: ['setpoint'],
  Idle: ['limit', 'dischargeLimit', 'setpoint'],
};

function own({ period, schedule }: InForce, context: ScheduleContext, instant: number): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const [name, value] of Object.entries(period.values)) {
    if (value === undefined) continue;
    if ((IGNORED[period.operationMode] ?? []).some((start) => name.startsWith(start))) continue;
    numbers[name] = value;
  }
  const frequency = last(context.frequency, instant);
  if (period.operationMode === 'LocalFrequency' && period.frequencyCurve && frequency !== undefined) {
    let setpoint = (period.v2xBaseline ?? 0) + onCurve(period.frequencyCurve, frequency); // Q08.FR.06
    const signal = last(context.signal, instant);
    if (period.signalCurve && signal !== undefined) setpoint += onCurve(period.signalCurve, signal); // Q08.FR.10
    numbers.setpoint = setpoint;
  }
  const soc = last(context.stateOfCharge, instant);
  if (schedule.limitAtSoC && soc !== undefined && soc >= schedule.limitAtSoC.soc) {
    for (const name of [
      'limit',
      'limit_L2',
      'limit_L3',
      'setpoint',
      'setpoint_L2',
      'setpoint_L3',
    ] satisfies ValueName[]) {
      if ((numbers[name] ?? Number.NEGATIVE_INFINITY) > schedule.limitAtSoC.limit)
        numbers[name] = schedule.limitAtSoC.limit;
    }
  }
  return numbers;
}

function last(series: StepSeries | undefined, instant: number): number | undefined {
  return series?.filter(({ at }) => at <= instant).at(-1)?.value;
}

function onCurve(curve: readonly { readonly at: number; readonly power: number }[], at: number): number {
  const before = curve.filter((point) => point.at <= at).at(-1);
  const after = curve.find((point) => point.at > at);
  if (!before) return after?.power ?? 0;
  if (!after) return before.power;
  return before.power + ((after.power - before.power) * (at - before.at)) / (after.at - before.at);
}

/** What one period offers for a quantity of one phase, or of all of them, in the unit that was asked for. */
function offer(
  { period, schedule }: InForce,
  numbers: Record<string, number>,
  quantity: string,
  postfix: string,
  perPhase: boolean,
  context: ScheduleContext,
  usedPhases: number,
): number | undefined {
  const dc = context.current === 'DC';
  const phases = dc ? 1 : (period.numberPhases ?? 3); // K01.FR.49
  const used = dc ? 1 : usedPhases;
  const tellsApart = numbers[`${quantity}_L2`] !== undefined || numbers[`${quantity}_L3`] !== undefined;
  const value = numbers[tellsApart ? quantity + postfix : quantity];
  if (value === undefined) return undefined;
  const from = schedule.unit;
  const to = context.unit;
  if (!perPhase) {
    if (from === to) return value;
    if (from === 'A') return value * context.voltage * used; // K01.FR.51
    return phases === 0 ? 0 : value / (context.voltage * phases); // K01.FR.50
  }
  let ofPhase = value;
  if (!tellsApart && from === 'W') ofPhase = phases === 0 ? 0 : value / phases;
  if (from === to) return ofPhase;
  return from === 'A' ? ofPhase * context.voltage : ofPhase / context.voltage;
}
