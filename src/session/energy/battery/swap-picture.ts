import { firstAtOrAfter } from '../../../ocpp/metering/samples.ts';
import { thinned } from '../grid/measured.ts';
import type { MeterSeries } from '../metering/meter-series.ts';
import type { StationEnergy } from '../station-energy.ts';
import type { BatteryQuestion, BatterySeries, SlotRow, SwapPicture } from './battery-picture.ts';

const EVENTS_MAX = 500;
/** Slots whose course is told; a cabinet has some dozens. */
const SLOTS_MAX = 64;

/** The batteries that a station swaps; null for one that swaps none. */
export function swapPicture(station: StationEnergy, { range, points }: BatteryQuestion): SwapPicture | null {
  const { known, topics } = station;
  const { swaps, slots } = topics.battery;
  if (swaps.events.length === 0 && swaps.requests.length === 0) return null;
  const soc = new Map<number, MeterSeries>();
  for (const series of topics.metering.series()) {
    const { evseId, measurand } = series.key;
    if (measurand === 'SoC' && evseId !== null && series.length > 0) soc.set(evseId, series);
  }
  const numbers = [...new Set([...swaps.stays.map(({ slot }) => slot), ...slots.keys(), ...soc.keys()])]
    .sort((a, b) => a - b)
    .slice(0, SLOTS_MAX);
  const number = (variable: string) => {
    const value = known.device.value({ component: 'BatterySwapCtrlr', variable })?.value;
    const parsed = value === undefined || value.trim() === '' ? Number.NaN : Number(value);
    return Number.isFinite(parsed) ? parsed : null;
  };
  return {
    slots: numbers.map((slot) => slotRow(station, slot, soc.get(slot))),
    course: numbers.map((slot) => ({ slot, series: courseOf(station, slot, soc.get(slot), range, points) })),
    events: swaps.events.slice(-EVENTS_MAX),
    requests: swaps.requests.slice(-EVENTS_MAX),
    stays: swaps.stays
      .filter(({ from, to }) => (from ?? range.from) < range.to && (to ?? range.to) >= range.from)
      .slice(-EVENTS_MAX),
    eventsInAll: swaps.events.length,
    targetSoC: number('TargetSoc'),
    maxSoC: number('MaxSoc'),
  };
}

function slotRow({ topics }: StationEnergy, slot: number, soc: MeterSeries | undefined): SlotRow {
  const { swaps, slots } = topics.battery;
  const stay = swaps.stays.findLast((one) => one.slot === slot);
  const there = stay && stay.to === null ? stay : undefined;
  const last = soc && soc.length > 0 ? soc.length - 1 : -1;
  const measuredAt = soc && last >= 0 ? soc.at(last) : Number.NEGATIVE_INFINITY;
  // A value that was measured before the battery came, or of one that is gone, is of another.
  const measured = soc && last >= 0 && measuredAt >= (stay?.to ?? stay?.from ?? Number.NEGATIVE_INFINITY);
  return {
    slot,
    state: slots.get(slot)?.state ?? null,
    serialNumber: there?.serialNumber ?? null,
    soc: measured ? soc.value(last) : (there?.put?.stateOfCharge ?? null),
    socAt: measured ? measuredAt : (there?.from ?? null),
    soH: there?.put?.stateOfHealth ?? null,
    entry: measured ? soc.entry(last) : (there?.putEntry ?? slots.get(slot)?.entry ?? null),
  };
}

interface CoursePoint {
  readonly at: number;
  readonly value: number | null;
  readonly entry: number;
}

/** The state of charge in a slot: put in, charged, taken out, and then nothing. */
function courseOf(
  { topics }: StationEnergy,
  slot: number,
  soc: MeterSeries | undefined,
  { from, to }: BatteryQuestion['range'],
  points: number,
): BatterySeries {
  const found: CoursePoint[] = [];
  if (soc) {
    const [start, end] = [firstAtOrAfter(soc, from), firstAtOrAfter(soc, to)];
    for (let index = start; index < end; index++) {
      found.push({ at: soc.at(index), value: soc.value(index), entry: soc.entry(index) });
    }
  }
  for (const stay of topics.battery.swaps.stays) {
    if (stay.slot !== slot) continue;
    if (stay.from !== null && stay.put && stay.from >= from && stay.from < to) {
      found.push({ at: stay.from, value: stay.put.stateOfCharge, entry: stay.putEntry ?? 0 });
    }
    if (stay.to !== null && stay.to >= from && stay.to < to) {
      if (stay.taken) found.push({ at: stay.to, value: stay.taken.stateOfCharge, entry: stay.takenEntry ?? 0 });
      found.push({ at: stay.to, value: null, entry: 0 });
    }
  }
  const sorted = thinned(
    found.sort((a, b) => a.at - b.at),
    points,
  );
  return {
    at: sorted.map(({ at }) => at),
    value: sorted.map(({ value }) => value),
    entry: sorted.map(({ entry }) => entry),
  };
}
