import type { EnterService } from './control.ts';

/**
 * Whether voltages can only be percentages of the nominal one: all lie around 100, and it is far from that. The
 * specification gives no unit for them; IEEE 2030.5 gives percent.
 */
export function isPercentOfNominal(voltages: readonly number[], vNom: number | undefined): vNom is number {
  return vNom !== undefined && vNom > 180 && voltages.every((voltage) => voltage >= 0 && voltage < 150);
}

/** The bounds for entering service with their voltages in V. */
export function readEnterService(
  bounds: EnterService,
  vNom: number | undefined,
): { readonly bounds: EnterService; readonly notes: readonly string[] } {
  const { highVoltage, lowVoltage } = bounds;
  if (!isPercentOfNominal([highVoltage, lowVoltage], vNom)) return { bounds, notes: [] };
  const volts = { highVoltage: (highVoltage * vNom) / 100, lowVoltage: (lowVoltage * vNom) / 100 };
  return { bounds: { ...bounds, ...volts }, notes: [`The voltages are read as percent of the nominal ${vNom} V.`] };
}
