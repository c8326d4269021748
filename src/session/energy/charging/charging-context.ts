import type { Interval, ScheduleContext, StepSeries } from '../../../ocpp/schedule/context.ts';
import type { ChargingProfile, RateUnit } from '../../../ocpp/schedule/profile.ts';
import type { Known, TransactionFacts } from '../known.ts';
import type { Charging } from './charging.ts';
import type { Installation } from './installation.ts';
import { MeasuredAtEvse, type MeteredSeries } from './measured.ts';
import type { PriorityUse } from './priority-uses.ts';
import { type Supply, supplyOf } from './supply.ts';

/** Series that other topics gather, which a schedule may follow. */
export interface ConditionSeries {
  readonly metered: readonly MeteredSeries[];
  /** Accepted signals for the frequency reserve (AFRRSignal). */
  readonly signal?: StepSeries;
}

/** All that schedules of one EVSE are calculated with around a stretch of time. */
export interface ChargingView {
  readonly charging: Charging;
  readonly known: Known;
  readonly evseId: number;
  /** EVSEs that the station named, in ascending order. */
  readonly evses: readonly number[];
  readonly unit: RateUnit;
  readonly measured: MeasuredAtEvse;
  readonly supply: Supply;
  readonly priority: readonly PriorityUse[];
  readonly conditions: ConditionSeries;
}

/** Gathers what the schedules of an EVSE are calculated with. */
export function chargingView(
  charging: Charging,
  known: Known,
  conditions: ConditionSeries,
  question: { readonly evseId: number; readonly unit: RateUnit; readonly evses?: readonly number[] } & Interval,
): ChargingView {
  const { evseId, unit, evses = [] } = question;
  const measured = new MeasuredAtEvse(conditions.metered, evseId);
  const supply = supplyOf(evseId, charging, known, measured, question);
  const priority = charging.priority.on(evseId, known);
  return { charging, known, evseId, evses, unit, measured, supply, priority, conditions };
}

/** The context in which profiles act on the EVSE during a stretch in which no transaction begins or ends. */
export function contextOf(view: ChargingView, profiles: readonly Installation[], span: Interval): ScheduleContext {
  const { known, evseId, unit, supply, measured, conditions } = view;
  const transaction = known.transactions.at(evseId, span.from);
  const has = (test: (profile: ChargingProfile) => boolean) => profiles.some(({ profile }) => test(profile));
  const bySoc = has(({ schedules }) => schedules.some(({ limitAtSoC }) => limitAtSoC !== undefined));
  const byFrequency = has(({ schedules }) =>
    schedules.some(({ periods }) => periods.some(({ frequencyCurve }) => frequencyCurve !== undefined)),
  );
  const setpointPriority = known.device.value({ component: 'SmartChargingCtrlr', variable: 'SetpointPriority' })?.value;
  const selected = selectedSchedule(view, profiles, span.from);
  return {
    evseId,
    unit,
    current: supply.current,
    voltage: supply.voltage,
    offsetAt: (instant) => known.offsetAt(instant),
    ...(transaction
      ? { transaction: { id: transaction.id, start: readyAt(transaction, span.from) ?? span.from } }
      : {}),
    offline: known.offline,
    ...(view.priority.length > 0 ? { priorityCharging: view.priority } : {}),
    ...(bySoc ? { stateOfCharge: stepsOf(measured, 'stateOfCharge', span) } : {}),
    ...(byFrequency ? { frequency: stepsOf(measured, 'frequency', span) } : {}),
    ...(byFrequency && conditions.signal ? { signal: conditions.signal } : {}),
    setpointPriority: setpointPriority?.toLowerCase() === 'csms' ? 'CSMS' : 'ExternalSystem',
    ...(selected === undefined ? {} : { scheduleIndex: selected }),
  };
}

/** States of 2.x in which the driver is authorized and the EV connected, so that energy could flow (K01.FR.42). */
const READY = ['Charging', 'SuspendedEV', 'SuspendedEVSE'];

/** Since when a transaction can deliver energy by an instant; undefined where it cannot by then. In 1.6 from its start. */
export function readyAt(transaction: TransactionFacts, instant: number): number | undefined {
  if (transaction.version === '1.6') return transaction.startedAt;
  const state = transaction.states.find((each) => READY.includes(each.state));
  // Nothing was said of states, or what came first is not in the session.
  if (transaction.states.length === 0 || !transaction.startKnown) return transaction.startedAt;
  return state && state.at <= instant ? state.at : undefined;
}

/** Which of several schedules the EV said that it follows; undefined where it said nothing. */
function selectedSchedule(view: ChargingView, profiles: readonly Installation[], instant: number): number | undefined {
  const choosing = profiles.filter(({ profile }) => profile.schedules.length > 1 && profile.evseId === view.evseId);
  if (choosing.length === 0) return undefined;
  const said = view.charging.ev.schedulesOn(view.evseId).findLast((each) => each.at <= instant);
  if (said?.selectedScheduleId === undefined) return undefined;
  for (const { profile } of choosing) {
    const index = profile.schedules.findIndex(({ id }) => id === said.selectedScheduleId);
    if (index >= 0) return index;
  }
  return undefined;
}

/** Samples as steps, with the one that holds at the beginning. */
function stepsOf(measured: MeasuredAtEvse, what: 'stateOfCharge' | 'frequency', { from, to }: Interval): StepSeries {
  const before = measured.latest(what, from);
  const within = measured.between(what, from + 1, to);
  return before ? [before, ...within] : within;
}
