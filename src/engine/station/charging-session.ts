import type { OperationMode } from '../../ocpp/schedule/profile.ts';

/** Where an EVSE is in a charging session. `finishing`: the transaction has ended, the cable is still plugged in. */
export type SessionPhase = 'idle' | 'plugged' | 'charging' | 'suspended-ev' | 'suspended-evse' | 'finishing';

/** What the simulated EVSE and vehicle can do. */
export interface ChargingHardware {
  /** Phases that the vehicle charges on. */
  readonly phases: number;
  /** Between a phase and neutral, in volts. */
  readonly nominalVoltage: number;
  /** A phase, in amperes, either way. */
  readonly maxCurrent: number;
  /** Below this current a phase the vehicle does not charge (IEC 61851-1: 6 A). */
  readonly minCurrent: number;
  /** Battery of the vehicle, in watt-hours. */
  readonly batteryWh: number;
  /** Seconds from no current to full current. */
  readonly rampSeconds: number;
}

/** What a station lets an EV do, in watts over all phases. */
export interface Offer {
  /** Infinity where nothing limits it. */
  readonly limit: number;
  /** At most 0; what the EV may give back, -Infinity where nothing limits it. */
  readonly dischargeLimit: number;
  /** What the EV is to follow; without one it takes what it likes within the limit, and gives nothing back. */
  readonly setpoint?: number;
  /** Phases that may be used. */
  readonly phases: number;
  /** Reactive power that the EV is to take from the grid, in var; negative where it is to give it. */
  readonly reactive?: number;
  /** By how much the grid is other than it should be. */
  readonly disturbance?: Disturbance;
}

/** What is wrong with the grid, beside its normal values. */
export interface Disturbance {
  /** Hertz. */
  readonly frequency: number;
  /** Volts between a phase and neutral. */
  readonly voltage: number;
}

/** What an EVSE may do now, and in which mode. */
export interface OfferNow extends Offer {
  readonly mode: OperationMode;
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
  /** Registers of the energy imported and exported since the station was built, in watt-hours; they never fall. */
  readonly energyWh: number;
  readonly exportWh: number;
  /** State of charge of the vehicle, in percent; 0 without a vehicle. */
  readonly soc: number;
  /** Active power in watts over all phases; negative where the vehicle gives it back. */
  readonly power: number;
  /** Reactive power in var over all phases; negative where the vehicle gives it into the grid. */
  readonly reactive: number;
  /** Current a phase, in amperes; negative where the vehicle gives it back. */
  readonly current: number;
  /** Phases in use. */
  readonly phases: number;
  /** Power offered, in watts. */
  readonly offered: number;
  /** Of the grid, in hertz. */
  readonly frequency: number;
  /** Between a phase and neutral, in volts. */
  readonly voltage: number;
  /** Seconds since the current was released. */
  readonly seconds: number;
}

/** What happens to an EVSE. */
export type SessionEvent =
  | { readonly kind: 'plug-in'; readonly soc: number }
  | { readonly kind: 'start' }
  /** Time passes while the station offers what it says. */
  | { readonly kind: 'tick'; readonly seconds: number; readonly offer: Offer }
  | { readonly kind: 'stop' }
  | { readonly kind: 'unplug' };

/** The state of charge from which the vehicle asks for less and less, and what is left of it at the full battery. */
const TAPER_SOC = 80;
const TAPER_END = 0.12;
/** Share of the energy that reaches the battery, or that comes out of it. */
const EFFICIENCY = 0.92;
/** State of charge in percent below which a vehicle gives nothing back. */
export const DISCHARGE_SOC_MIN = 20;
/** Ohms between the meter and the grid, a phase: why the voltage sags under load. */
const LINE_OHMS = 0.12;

const NOMINAL_FREQUENCY = 50;
const UNDISTURBED: Disturbance = { frequency: 0, voltage: 0 };

/** An EVSE without a vehicle, its meter at the given registers. */
export function idleSession(hardware: ChargingHardware, energyWh: number, exportWh: number): ChargingSession {
  const { nominalVoltage: voltage, phases } = hardware;
  const meter = {
    energyWh,
    exportWh,
    power: 0,
    reactive: 0,
    current: 0,
    voltage,
    phases,
    offered: 0,
    frequency: NOMINAL_FREQUENCY,
  };
  return { phase: 'idle', soc: 0, seconds: 0, ...meter };
}

/** The state after an event; an event that makes no sense in a phase changes nothing. */
export function nextSession(state: ChargingSession, event: SessionEvent, hardware: ChargingHardware): ChargingSession {
  switch (event.kind) {
    case 'plug-in':
      return state.phase === 'idle' ? { ...state, phase: 'plugged', soc: event.soc } : state;
    case 'start':
      return state.phase === 'plugged' ? { ...state, phase: 'charging', seconds: 0 } : state;
    case 'tick':
      return isEnergised(state.phase) ? charge(state, event.seconds, event.offer, hardware) : state;
    case 'stop':
      return isEnergised(state.phase) ? { ...state, ...OFF(hardware), phase: 'finishing' } : state;
    case 'unplug':
      return state.phase === 'idle' ? state : idleSession(hardware, state.energyWh, state.exportWh);
  }
}

/** Whether a transaction's contactor is closed in this phase. */
export function isEnergised(phase: SessionPhase): boolean {
  return phase === 'charging' || phase === 'suspended-ev' || phase === 'suspended-evse';
}

const OFF = (hardware: ChargingHardware) => ({
  power: 0,
  reactive: 0,
  current: 0,
  offered: 0,
  voltage: hardware.nominalVoltage,
});

function charge(state: ChargingSession, seconds: number, offer: Offer, hardware: ChargingHardware): ChargingSession {
  const elapsed = state.seconds + seconds;
  const phases = Math.max(1, Math.min(hardware.phases, offer.phases));
  const full = phases * hardware.nominalVoltage;
  const offered = Math.max(0, Math.min(hardware.maxCurrent, offer.limit / full));
  const { frequency: offNominal, voltage: offVoltage } = offer.disturbance ?? UNDISTURBED;
  const frequency = gridFrequency(elapsed) + offNominal;
  const grid = { phases, offered: offered * full, frequency, seconds: elapsed };
  const asked = askedOf(state, offer, offered, full, hardware);
  if (typeof asked === 'string') {
    const off = OFF(hardware);
    return { ...state, ...off, ...grid, voltage: off.voltage + offVoltage, phase: asked };
  }

  const step = (hardware.maxCurrent / hardware.rampSeconds) * seconds;
  const current = ramped(state.current, asked, step);
  const voltage = gridVoltage(elapsed, current, hardware) + offVoltage;
  // Limits in watts hold at whatever voltage there is.
  const power = Math.max(Math.min(0, offer.dischargeLimit), Math.min(phases * voltage * current, offer.limit));
  return {
    ...grid,
    ...moved(state, (((state.power + power) / 2) * seconds) / 3600, hardware),
    phase: 'charging',
    power,
    reactive: offer.reactive ?? 0,
    current: power / (phases * voltage),
    voltage,
  };
}

/** Amperes a phase that the vehicle goes for, or why it does nothing. */
function askedOf(
  { soc }: ChargingSession,
  { setpoint, dischargeLimit }: Offer,
  offered: number,
  full: number,
  { maxCurrent, minCurrent }: ChargingHardware,
): number | 'suspended-ev' | 'suspended-evse' {
  if (setpoint !== undefined && setpoint < 0) {
    const wanted = Math.max(setpoint, dischargeLimit) / full;
    if (-wanted < minCurrent) return 'suspended-evse';
    return soc <= DISCHARGE_SOC_MIN ? 'suspended-ev' : Math.max(-maxCurrent, wanted);
  }
  if (soc >= 100) return 'suspended-ev';
  const allowed = setpoint === undefined ? offered : Math.min(offered, setpoint / full);
  return allowed < minCurrent ? 'suspended-evse' : Math.min(allowed, appetite(soc) * maxCurrent);
}

/** An EV follows a rising offer over some seconds and a falling one at once, and turns round at zero. */
function ramped(current: number, asked: number, step: number): number {
  const from = Math.sign(current) === Math.sign(asked) ? Math.abs(current) : 0;
  return Math.sign(asked) * Math.min(Math.abs(asked), from + step);
}

/** The registers and the battery after watt-hours went into the vehicle, or came out of it. */
function moved({ energyWh, exportWh, soc }: ChargingSession, drawn: number, { batteryWh }: ChargingHardware) {
  const stored = drawn > 0 ? drawn * EFFICIENCY : drawn / EFFICIENCY;
  return {
    energyWh: energyWh + Math.max(0, drawn),
    exportWh: exportWh + Math.max(0, -drawn),
    soc: Math.max(0, Math.min(100, soc + (100 * stored) / batteryWh)),
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

/** And its frequency by some tens of millihertz. */
function gridFrequency(seconds: number): number {
  return NOMINAL_FREQUENCY + 0.03 * Math.sin(seconds / 23) + 0.012 * Math.sin(seconds / 7);
}
