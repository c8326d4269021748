import type { Known } from '../known.ts';
import type { Electrics } from './convert.ts';

/** 230 V where no message told; an EVSE without phases of AC charges with DC. */
export function electricsOf({ device }: Pick<Known, 'device'>, evseId: number): Electrics {
  const at = evseId === 0 ? {} : { evseId };
  const told = (component: string, variable: string): number | undefined => {
    const text = device.value({ component, variable, ...at })?.value;
    const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
    return Number.isFinite(value) ? value : undefined;
  };
  const current = told('EVSE', 'SupplyPhases') === 0 ? 'DC' : 'AC';
  return { current, voltage: current === 'DC' ? (told('EVSE', 'DCVoltage') ?? 400) : 230 };
}
