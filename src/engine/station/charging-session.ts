/** Where an EVSE is in a charging session. `finishing`: the transaction has ended, the cable is still plugged in. */
export type SessionPhase = 'idle' | 'plugged' | 'charging' | 'suspended-ev' | 'suspended-evse' | 'finishing';

/** What the simulated EVSE and vehicle can do. */
export interface ChargingHardware {
  /** Phases that the vehicle charges on. */
  readonly phases: number;
  /** Between a phase and neutral, in volts. */
  readonly nominalVoltage: number;
  /** A phase, in amperes. */
  readonly maxCurrent: number;
  /** Below this current a phase the vehicle does not charge (IEC 61851-1: 6 A). */
  readonly minCurrent: number;
  /** Battery of the vehicle, in watt-hours. */
  readonly batteryWh: number;
  /** Seconds from no current to full current. */
  readonly rampSeconds: number;
}

/** Three-phase 16 A, a plug-in hybrid: its battery is small, so that a session of minutes shows the taper. */
export const BENCH_HARDWARE: ChargingHardware = {
  phases: 3,
  nominalVoltage: 230,
  maxCurrent: 16,
  minCurrent: 6,
  batteryWh: 11_000,
  rampSeconds: 6,
};

/** An EVSE with what its meter shows. Plain data; `nextSession` is its only law. */
export interface ChargingSession {
  readonly phase: SessionPhase;
  /** Register of the energy imported since the station was built, in watt-hours; it never falls. */
  readonly energyWh: number;
  /** State of charge of the vehicle, in percent; 0 without a vehicle. */
  readonly soc: number;
  /** Active power drawn, in watts, over all phases. */
  readonly power: number;
  /** Current a phase, in amperes. */
  readonly current: number;
  /** Between a phase and neutral, in volts. */
  readonly voltage: number;
  /** Seconds since the current was released. */
  readonly seconds: number;
}

/** What happens to an EVSE. */
export type SessionEvent =
  | { readonly kind: 'plug-in'; readonly soc: number }
  | { readonly kind: 'start' }
  /** Time passes; `limit` is the power in watts that the station offers, Infinity where nothing limits it. */
  | { readonly kind: 'tick'; readonly seconds: number; readonly limit: number }
  | { readonly kind: 'stop' }
  | { readonly kind: 'unplug' };

/** The state of charge from which the vehicle asks for less and less, and what is left of it at the full battery. */
const TAPER_SOC = 80;
const TAPER_END = 0.12;
/** Share of the energy drawn that reaches the battery. */
const EFFICIENCY = 0.92;
/** Ohms between the meter and the grid, a phase: why the voltage sags under load. */
const LINE_OHMS = 0.12;

/** An EVSE without a vehicle, its meter at the given register. */
export function idleSession(hardware: ChargingHardware, energyWh: number): ChargingSession {
  return { phase: 'idle', energyWh, soc: 0, power: 0, current: 0, voltage: hardware.nominalVoltage, seconds: 0 };
}

/** The state after an event; an event that makes no sense in a phase changes nothing. */
export function nextSession(state: ChargingSession, event: SessionEvent, hardware: ChargingHardware): ChargingSession {
  switch (event.kind) {
    case 'plug-in':
      return state.phase === 'idle' ? { ...state, phase: 'plugged', soc: event.soc } : state;
    case 'start':
      return state.phase === 'plugged' ? { ...state, phase: 'charging', seconds: 0 } : state;
    case 'tick':
      return isEnergised(state.phase) ? charge(state, event.seconds, event.limit, hardware) : state;
    case 'stop':
      return isEnergised(state.phase) ? { ...state, ...OFF(hardware), phase: 'finishing' } : state;
    case 'unplug':
      return state.phase === 'idle' ? state : idleSession(hardware, state.energyWh);
  }
}

/** Whether a transaction's contactor is closed in this phase. */
export function isEnergised(phase: SessionPhase): boolean {
  return phase === 'charging' || phase === 'suspended-ev' || phase === 'suspended-evse';
}

const OFF = (hardware: ChargingHardware) => ({ power: 0, current: 0, voltage: hardware.nominalVoltage });

function charge(state: ChargingSession, seconds: number, limit: number, hardware: ChargingHardware): ChargingSession {
  const offered = Math.min(hardware.maxCurrent, limit / (hardware.phases * hardware.nominalVoltage));
  const elapsed = state.seconds + seconds;
  const suspended = state.soc >= 100 ? 'suspended-ev' : offered < hardware.minCurrent ? 'suspended-evse' : undefined;
  if (suspended) return { ...state, ...OFF(hardware), phase: suspended, seconds: elapsed };

  const wanted = Math.min(offered, appetite(state.soc) * hardware.maxCurrent);
  const step = (hardware.maxCurrent / hardware.rampSeconds) * seconds;
  // An EV follows a rising offer over some seconds and a falling one at once.
  const current = Math.min(wanted, state.current + step);
  const voltage = gridVoltage(elapsed, current, hardware);
  // A limit in watts holds at whatever voltage there is.
  const power = Math.min(hardware.phases * voltage * current, limit);
  const drawn = (((state.power + power) / 2) * seconds) / 3600;
  return {
    phase: 'charging',
    energyWh: state.energyWh + drawn,
    soc: Math.min(100, state.soc + (100 * EFFICIENCY * drawn) / hardware.batteryWh),
    power,
    current: power / (hardware.phases * voltage),
    voltage,
    seconds: elapsed,
  };
}

/** Share of its full current that a battery takes. */
function appetite(soc: number): number {
  if (soc <= TAPER_SOC) return 1;
  return 1 - ((1 - TAPER_END) * (soc - TAPER_SOC)) / (100 - TAPER_SOC);
}

/** The grid wanders slowly by about a volt and sags under load. */
function gridVoltage(seconds: number, current: number, hardware: ChargingHardware): number {
  return hardware.nominalVoltage + 1.1 * Math.sin(seconds / 17) + 0.4 * Math.sin(seconds / 5) - LINE_OHMS * current;
}
