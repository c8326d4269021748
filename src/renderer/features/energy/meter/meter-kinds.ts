import type { MeteredQuantity } from '../../../../ocpp/metering/measurands.ts';
import type { SeriesChoice } from '../../../../session/energy/metering/series-question.ts';

/** What can be chosen to be shown: a measurand on a phase at a location, wherever it is measured. */
export interface MeterKind {
  readonly key: string;
  /** Of the measurand. */
  readonly label: string;
  /** What tells it from others of its measurand, such as `L1` or `EV`; empty for what is usual. */
  readonly detail: string;
  readonly quantity: MeteredQuantity;
  readonly unit: string;
  readonly first: SeriesChoice;
  readonly samples: number;
}

/** Names of the groups of a list. */
export const QUANTITY_WORDS = {
  power: 'Power',
  soc: 'State of charge',
  energy: 'Energy',
  current: 'Current',
  voltage: 'Voltage',
  frequency: 'Frequency',
  reactive: 'Reactive',
  apparent: 'Apparent',
  request: 'Energy that the EV asks for',
  display: 'Display of the EV',
  temperature: 'Temperature',
  other: 'Other',
} as const satisfies Record<MeteredQuantity, string>;

/** Names a kind, whichever station and EVSE measures it; a meter of the whole station is another one. */
export function kindKey({ evseId, measurand, phase, location, unit, source }: SeriesChoice): string {
  return [evseId === 0 ? 'station' : 'evse', measurand, phase, location, unit, source].join('|');
}

/** The kinds of some series, in their order. */
export function kindsOf(series: readonly SeriesChoice[]): readonly MeterKind[] {
  const kinds = new Map<string, MeterKind>();
  for (const first of series) {
    const key = kindKey(first);
    const known = kinds.get(key);
    const samples = (known?.samples ?? 0) + first.samples;
    kinds.set(key, known ? { ...known, samples } : { ...kindOf(key, first), samples });
  }
  return [...kinds.values()];
}

function kindOf(key: string, first: SeriesChoice): Omit<MeterKind, 'samples'> {
  const { label, quantity, unit, evseId, phase, location } = first;
  const detail = [phase, location === 'Outlet' ? '' : location, evseId === 0 ? 'whole station' : ''];
  return { key, label, detail: detail.filter((part) => part !== '').join(' · '), quantity, unit, first };
}

/** A measurand in a list, with what there is of it. */
export interface KindGroup {
  readonly label: string;
  readonly unit: string;
  readonly kinds: readonly MeterKind[];
}

/** Kinds by quantity and measurand; only those that a search finds by any of their words. */
export function grouped(
  kinds: readonly MeterKind[],
  search: string,
): readonly { readonly quantity: MeteredQuantity; readonly groups: readonly KindGroup[] }[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const quantities = new Map<MeteredQuantity, Map<string, MeterKind[]>>();
  for (const kind of kinds) {
    const { label, detail, quantity, unit, first } = kind;
    const text = `${label} ${detail} ${first.measurand} ${unit} ${QUANTITY_WORDS[quantity]}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    const groups = quantities.get(quantity) ?? new Map<string, MeterKind[]>();
    quantities.set(quantity, groups);
    const name = `${label}|${unit}`;
    groups.set(name, [...(groups.get(name) ?? []), kind]);
  }
  return [...quantities].map(([quantity, groups]) => ({
    quantity,
    groups: [...groups.values()].map((of) => ({ label: of[0]?.label ?? '', unit: of[0]?.unit ?? '', kinds: of })),
  }));
}

/** How many series the first choice may have: of each measurand the phases, but no more. */
const FIRST = 8;

/**
 * What is shown before anybody chooses: measured power, both ways, with the state of charge; else the registers of energy;
 * else currents; else what there is. Of each measurand the value of all phases together, else its phases.
 */
export function firstChoice(kinds: readonly MeterKind[]): ReadonlySet<string> {
  const usual = kinds.filter(({ first }) => first.evseId !== 0 && first.location !== 'Upstream');
  const candidates = usual.length > 0 ? usual : kinds;
  const measured = (names: readonly string[]) => names.flatMap((name) => wholeOrPhases(candidates, name));
  const power = measured(['Power.Active.Import', 'Power.Active.Export']);
  const charge = measured(['SoC']);
  const register = measured(['Energy.Active.Import.Register', 'Energy.Active.Export.Register']);
  const current = measured(['Current.Import', 'Current.Export']);
  const found = power.length > 0 ? [...power, ...charge] : register.length > 0 ? register : current;
  return new Set((found.length > 0 ? found : candidates.slice(0, 1)).slice(0, FIRST).map(({ key }) => key));
}

function wholeOrPhases(kinds: readonly MeterKind[], measurand: string): readonly MeterKind[] {
  const all = kinds.filter(({ first }) => first.measurand === measurand);
  const [whole] = all.filter(({ first }) => first.phase === '').toSorted((one, other) => near(one) - near(other));
  return whole ? [whole] : all.filter(({ first }) => /^L[123](-N)?$/.test(first.phase));
}

/** At the plug first. */
function near({ first }: MeterKind): number {
  return first.location === 'Outlet' ? 0 : 1;
}
