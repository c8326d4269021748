import type { ScheduleContext } from './context.ts';
import { type Conditions, numbersOf } from './contribution.ts';
import { type Numbers, namesOf } from './numbers.ts';
import { type OperationMode, QUANTITIES, type Quantity, type SchedulePeriod, type ValueName } from './profile.ts';
import type { PeriodReference } from './segments.ts';
import { type Conversion, convertPhase, convertTotal, convertTotalToPhase } from './units.ts';

/** What a period would have had, in the unit of the result, and why it does not count. */
export interface OverruledValue {
  readonly reference: PeriodReference;
  readonly value: number;
  readonly reason: 'less is allowed' | 'SetpointPriority';
}

/** A number of the composite schedule and where it comes from. */
export interface DecidedValue {
  readonly value: number;
  readonly decidedBy: PeriodReference;
  /** Local generation, whose capacity is in the value (SC.01). */
  readonly added?: PeriodReference;
  /** What a setpoint was before the limit of the same phase capped it (V2X.03, V2X.04, K08.FR.08). */
  readonly cappedFrom?: number;
  readonly overruled: readonly OverruledValue[];
}

/** What a period says beside numbers; all of it comes from one period. */
export interface DecidedSettings
  extends Pick<
    SchedulePeriod,
    'evseSleep' | 'preconditioningRequest' | 'v2xBaseline' | 'frequencyCurve' | 'signalCurve'
  > {
  readonly operationMode: OperationMode;
  readonly decidedBy: PeriodReference;
}

/** The periods that lead at a time, each of its purpose. */
export interface Leading {
  /** Of the PriorityCharging, TxProfile or TxDefaultProfile that counts. */
  readonly transaction?: PeriodReference;
  /** Of external constraints, that of the EVSE first. */
  readonly external: readonly PeriodReference[];
  readonly maximum?: PeriodReference;
  readonly generation?: PeriodReference;
}

/** What the leading periods come to. */
export interface Merged {
  readonly values: { readonly [Name in ValueName]?: DecidedValue };
  readonly numberPhases?: { readonly value: number; readonly decidedBy: PeriodReference };
  readonly phaseToUse?: { readonly value: number; readonly decidedBy: PeriodReference };
  readonly settings?: DecidedSettings;
  /** In the unit of the result. */
  readonly minChargingRate?: { readonly value: number; readonly decidedBy: PeriodReference };
  /** What local generation adds in all, whether or not there is a limit that it is added to. */
  readonly generation?: { readonly value: number; readonly decidedBy: PeriodReference };
  /** Periods that ask for different phases, of which no schedule can be made (3.8, K01.FR.141). */
  readonly phaseConflict?: readonly PeriodReference[];
}

interface Candidate {
  readonly reference: PeriodReference;
  readonly numbers: Numbers;
  readonly conversion: Conversion;
  readonly setpointOverruled: boolean;
}

/** Merges leading periods to one (SC.01, SC.04, K08.FR.04). */
export function merge(leading: Leading, context: ScheduleContext, conditions: Conditions): Merged {
  const { transaction, external, maximum } = leading;
  const merging = [transaction, ...external, maximum].filter((each) => each !== undefined);
  const applied = leading.generation ? [...merging, leading.generation] : merging;
  const asking = applied.filter(({ period }) => period.numberPhases === 1 && (period.phaseToUse ?? 0) > 0);
  const phase = asking[0]?.period.phaseToUse;
  if (asking.some(({ period }) => period.phaseToUse !== phase)) return { values: {}, phaseConflict: asking };

  const numberPhases = lowestPhases(applied);
  const usedPhases = numberPhases?.value ?? 3;
  const refused = refusedSetpoints(leading, conditions, context);
  const candidateOf = (reference: PeriodReference): Candidate => ({
    reference,
    numbers: numbersOf(reference, conditions),
    conversion: { context, ownPhases: reference.period.numberPhases ?? 3, usedPhases },
    setpointOverruled: refused.includes(reference),
  });
  const candidates = merging.map(candidateOf);
  const generation = leading.generation && candidateOf(leading.generation);
  const values = decide(candidates, generation);
  const modeFrom =
    values.setpoint?.decidedBy ?? values.setpointReactive?.decidedBy ?? candidates.find(hasSay)?.reference;
  return {
    values,
    numberPhases,
    phaseToUse: asking[0] && phase !== undefined ? { value: phase, decidedBy: asking[0] } : undefined,
    settings: modeFrom && settingsOf(modeFrom),
    generation: generation && generationOf(generation),
    minChargingRate: leading.transaction && minimumOf(leading.transaction, candidateOf(leading.transaction).conversion),
  };
}

function hasSay({ setpointOverruled }: Candidate): boolean {
  return !setpointOverruled;
}

/** K01.FR.140. A period without the number stands for 3, which is never the lowest. */
function lowestPhases(applied: readonly PeriodReference[]) {
  let lowest: { readonly value: number; readonly decidedBy: PeriodReference } | undefined;
  for (const reference of applied) {
    const value = reference.period.numberPhases;
    if (value !== undefined && (!lowest || value < lowest.value)) lowest = { value, decidedBy: reference };
  }
  return lowest;
}

/** Whose setpoints do not count, where an external actor and the CSMS both set one (Q06.FR.20 to Q06.FR.22). */
function refusedSetpoints(
  { transaction, external }: Leading,
  conditions: Conditions,
  { setpointPriority }: ScheduleContext,
): readonly PeriodReference[] {
  const sets = (reference: PeriodReference) => {
    const numbers = numbersOf(reference, conditions);
    return SETPOINTS.some((name) => numbers[name] !== undefined);
  };
  const outside = external.filter((each) => each.period.operationMode === 'ExternalSetpoint' && sets(each));
  if (!transaction || outside.length === 0) return [];
  const local = ['LocalFrequency', 'LocalLoadBalancing'];
  if (!local.includes(transaction.period.operationMode) && !sets(transaction)) return [];
  return setpointPriority === 'CSMS' ? outside : [transaction];
}

const SETPOINTS: readonly ValueName[] = [...namesOf('setpoint'), ...namesOf('setpointReactive')];

function decide(candidates: readonly Candidate[], generation: Candidate | undefined) {
  const names = namesFor(generation ? [...candidates, generation] : candidates);
  const values: { [Name in ValueName]?: DecidedValue } = {};
  for (const quantity of QUANTITIES) {
    for (const name of names[quantity]) {
      const decided = decideOne(quantity, name, candidates, generation, names !== TOTALS);
      if (decided) values[name] = decided;
    }
  }
  for (const [index, name] of namesOf('setpoint').entries()) {
    const setpoint = values[name];
    if (!setpoint) continue;
    const bounds = namesOf(setpoint.value > 0 ? 'limit' : 'dischargeLimit');
    const bound = values[bounds[index] ?? bounds[0]]?.value;
    if (bound === undefined || setpoint.value === 0) continue;
    const capped = setpoint.value > 0 ? Math.min(setpoint.value, bound) : Math.max(setpoint.value, bound);
    if (capped !== setpoint.value) values[name] = { ...setpoint, value: capped, cappedFrom: setpoint.value };
  }
  return values;
}

/** The numbers of each quantity that are told apart, where one of L2 or L3 is set by any period. */
function namesFor(candidates: readonly Candidate[]): NamesByQuantity {
  const has = (names: readonly ValueName[]) =>
    candidates.some(({ numbers }) => names.some((name) => numbers[name] !== undefined));
  const [second, third] = [has(SECOND_PHASE), has(THIRD_PHASE)];
  return second ? (third ? ALL_PHASES : FIRST_AND_SECOND) : third ? FIRST_AND_THIRD : TOTALS;
}

type NamesByQuantity = { readonly [Q in Quantity]: readonly ValueName[] };

const SECOND_PHASE = QUANTITIES.map((quantity) => namesOf(quantity)[1]);
const THIRD_PHASE = QUANTITIES.map((quantity) => namesOf(quantity)[2]);
const TOTALS = namesAt([0]);
const FIRST_AND_SECOND = namesAt([0, 1]);
const FIRST_AND_THIRD = namesAt([0, 2]);
const ALL_PHASES = namesAt([0, 1, 2]);

function namesAt(phases: readonly number[]): NamesByQuantity {
  const of = (quantity: Quantity) => namesOf(quantity).filter((_, phase) => phases.includes(phase));
  return {
    limit: of('limit'),
    dischargeLimit: of('dischargeLimit'),
    setpoint: of('setpoint'),
    setpointReactive: of('setpointReactive'),
  };
}

function decideOne(
  quantity: Quantity,
  name: ValueName,
  candidates: readonly Candidate[],
  generation: Candidate | undefined,
  perPhase: boolean,
): DecidedValue | undefined {
  const aboutSetpoint = quantity === 'setpoint' || quantity === 'setpointReactive';
  let best: number | undefined;
  let decidedBy: PeriodReference | undefined;
  let overruled: OverruledValue[] | undefined;
  for (const candidate of candidates) {
    const value = numberOf(candidate, quantity, name, perPhase);
    if (value === undefined) continue;
    const { reference } = candidate;
    if (aboutSetpoint && candidate.setpointOverruled) {
      overruled ??= [];
      overruled.push({ reference, value, reason: 'SetpointPriority' });
    } else if (best === undefined || decidedBy === undefined) {
      best = value;
      decidedBy = reference;
    } else {
      overruled ??= [];
      if (isLess(quantity, value, best)) {
        overruled.push({ reference: decidedBy, value: best, reason: 'less is allowed' });
        best = value;
        decidedBy = reference;
      } else overruled.push({ reference, value, reason: 'less is allowed' });
    }
  }
  if (best === undefined || decidedBy === undefined) return undefined;
  const more = quantity === 'limit' && generation ? numberOf(generation, quantity, name, perPhase) : undefined;
  if (more === undefined || generation === undefined) return { value: best, decidedBy, overruled: overruled ?? [] };
  return { value: best + more, decidedBy, added: generation.reference, overruled: overruled ?? [] };
}

/** SC.04: the lowest when charging, the highest when discharging, which is where the least energy flows. */
function isLess(quantity: Quantity, value: number, than: number): boolean {
  if (quantity === 'limit') return value < than;
  if (quantity === 'dischargeLimit') return value > than;
  return Math.abs(value) < Math.abs(than);
}

/** A number of a candidate in the unit of the result, for one phase where any applied period tells phases apart. */
function numberOf(candidate: Candidate, quantity: Quantity, name: ValueName, perPhase: boolean): number | undefined {
  const { numbers, conversion } = candidate;
  const { unit } = candidate.reference.schedule;
  const total = numbers[quantity];
  if (!perPhase) return total === undefined ? undefined : convertTotal(total, unit, conversion);
  const [, second, third] = namesOf(quantity);
  if (numbers[second] !== undefined || numbers[third] !== undefined) {
    const value = numbers[name];
    return value === undefined ? undefined : convertPhase(value, unit, conversion);
  }
  return total === undefined ? undefined : convertTotalToPhase(total, unit, conversion);
}

function generationOf(candidate: Candidate) {
  const value = numberOf(candidate, 'limit', 'limit', false);
  return value === undefined ? undefined : { value, decidedBy: candidate.reference };
}

function minimumOf(reference: PeriodReference, conversion: Conversion) {
  const { minChargingRate, unit } = reference.schedule;
  if (minChargingRate === undefined) return undefined;
  return { value: convertTotal(minChargingRate, unit, conversion), decidedBy: reference };
}

function settingsOf(reference: PeriodReference): DecidedSettings {
  const { operationMode, evseSleep, preconditioningRequest, v2xBaseline, frequencyCurve, signalCurve } =
    reference.period;
  return {
    operationMode,
    evseSleep,
    preconditioningRequest,
    v2xBaseline,
    frequencyCurve,
    signalCurve,
    decidedBy: reference,
  };
}
