import { compositeSchedule, type Piece } from '../../ocpp/schedule/composite.ts';
import type { ScheduleContext } from '../../ocpp/schedule/context.ts';
import { namesOf } from '../../ocpp/schedule/numbers.ts';
import type { Quantity, RateUnit } from '../../ocpp/schedule/profile.ts';
import type { OfferNow } from './charging-session.ts';
import type { Evse } from './evse.ts';
import type { StationCore } from './station-core.ts';

/** Where a schedule of an EVSE (or of the station, 0) is calculated. */
export function scheduleContext(core: StationCore, evseId: number, unit: RateUnit): ScheduleContext {
  const evse = core.evse(evseId);
  const now = core.now();
  const { transaction } = evse ?? {};
  return {
    evseId,
    unit,
    current: 'AC',
    voltage: core.hardware.nominalVoltage,
    // The station's clock shows UTC (ClockCtrlr.TimeZone).
    offsetAt: () => 0,
    offline: core.offline(),
    delayOf: (profile, scheduleIndex, periodIndex) =>
      core.profiles.delayOf(profile, scheduleIndex, periodIndex, transaction?.id),
    signal: core.signals,
    setpointPriority: core.setpointPriority(),
    ...(evse && transaction ? transactionContext(evse, transaction, now) : {}),
  };
}

function transactionContext(
  { session, priority, scheduleIndex }: Evse,
  { id, startedAt }: NonNullable<Evse['transaction']>,
  now: number,
) {
  return {
    transaction: { id, start: startedAt },
    scheduleIndex,
    stateOfCharge: [{ at: startedAt, value: session.soc }],
    frequency: [{ at: startedAt, value: session.frequency }],
    priorityCharging: priority === undefined ? [] : [{ from: priority, to: Math.max(now, priority) + FOREVER }],
  };
}

const FOREVER = 1e12;

/**
 * What the profiles let an EVSE do now. Limits of the whole station are shared equally among the EVSEs that charge: how a
 * station divides its power is its own affair.
 */
export function offerNow(core: StationCore, evse: Evse): OfferNow {
  const now = core.now();
  const sharing = Math.max(1, core.evses.filter(({ transaction }) => transaction).length);
  const [own] = compositeSchedule(core.profiles.list(), scheduleContext(core, evse.id, 'W'), now, now + 1);
  const [whole] = compositeSchedule(core.profiles.list(), scheduleContext(core, 0, 'W'), now, now + 1);
  const mode = own?.settings?.operationMode ?? 'ChargingOnly';
  const { phases } = core.hardware;
  // Phases that contradict each other, sleeping and idling electronics: nothing flows.
  if (!own || own.phaseConflict || mode === 'Idle' || own.settings?.evseSleep) {
    return { mode, limit: 0, dischargeLimit: 0, phases };
  }
  const ofStation = (whole && total(whole, 'limit')) ?? Number.POSITIVE_INFINITY;
  return {
    mode,
    limit: Math.min(total(own, 'limit') ?? Number.POSITIVE_INFINITY, ofStation / sharing),
    dischargeLimit: mode === 'ChargingOnly' ? 0 : (total(own, 'dischargeLimit') ?? Number.NEGATIVE_INFINITY),
    setpoint: total(own, 'setpoint'),
    phases: Math.min(phases, own.numberPhases?.value ?? phases),
  };
}

/** A quantity over all phases; where phases are told apart, what an EV that takes the same on each may take. */
function total({ values }: Piece, quantity: Quantity): number | undefined {
  const [all, second, third] = namesOf(quantity);
  const first = values[all]?.value;
  const phases = [values[second]?.value, values[third]?.value].filter((value) => value !== undefined);
  if (first === undefined || phases.length === 0) return first;
  const each = [first, ...phases];
  const least = each.reduce((a, b) => (Math.abs(b) < Math.abs(a) ? b : a));
  return least * each.length;
}
