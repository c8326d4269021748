import { firstAtOrAfter } from '../../../ocpp/metering/samples.ts';
import type { EvNeeds } from '../charging/ev-requests.ts';
import { thinned } from '../grid/measured.ts';
import { MeteredGrid } from '../grid/metered.ts';
import type { TransactionFacts } from '../known.ts';
import type { MeterSeries } from '../metering/meter-series.ts';
import type { SessionEnergy } from '../session-energy.ts';
import type { StationEnergy } from '../station-energy.ts';
import { balanceOf, type Point } from './balance.ts';
import type {
  BatteryPicture,
  BatteryQuestion,
  BatterySeries,
  EvBattery,
  LimitAtSoC,
  NeedsAndReached,
} from './battery-picture.ts';
import { storagePicture } from './storage-picture.ts';
import { swapPicture } from './swap-picture.ts';

/** Percent by which a target may be missed: a state of charge has few digits. */
const SOC_TOLERANCE = 0.5;
const NEEDS_MAX = 100;
const LIMITS_MAX = 50;

/** The batteries that a station has to do with; null where nothing is known of the station. */
export function batteryPicture(energy: SessionEnergy, question: BatteryQuestion): BatteryPicture | null {
  const station = energy.station(question.station);
  if (!station) return null;
  const { storages } = station.topics.battery;
  return {
    ev: evBattery(station, question),
    swaps: swapPicture(station, question),
    storages: storages.all.map((storage) => storagePicture(storage, question)),
  };
}

function evBattery(station: StationEnergy, { evseId, transaction, range, points }: BatteryQuestion): EvBattery | null {
  const { known, topics } = station;
  const facts = transaction === null ? undefined : known.transactions.find(transaction);
  const all = topics.metering.series();
  const evse = facts?.evseId || (evseId ?? all.find(isSoc)?.key.evseId ?? null);
  if (evse === null) return null;
  const own = all.filter(({ key }) => key.evseId === evse && key.source === 'sampled');
  const soc = own.filter(isSoc);
  const needs = topics.charging.ev.needsOn(evse).filter(({ at }) => isOf(at, facts, range));
  if (soc.length === 0 && needs.length === 0) return null;
  const readings = (span: Span) => ({
    soc: pointsOf(soc, span),
    imported: pointsOf(registersOf(own, 'Import'), span),
    exported: pointsOf(registersOf(own, 'Export'), span),
  });
  const span = facts ? { from: facts.startedAt, to: (facts.endedAt ?? Number.MAX_SAFE_INTEGER) + 1 } : range;
  const power = thinned(new MeteredGrid(all, evse).between('activePower', range.from, range.to, points * 2), points);
  return {
    evseId: evse,
    stateOfCharge: thinnedSeries(samplesOf(soc, range), points),
    power: seriesOf(power),
    limits: limitsOf(station, evse, range),
    balance: balanceOf(readings(span)),
    needs: needs.slice(-NEEDS_MAX).map((each) => reached(each, transactionOf(station, evse, each, facts), readings)),
  };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function isSoc({ key }: MeterSeries): boolean {
  return key.measurand === 'SoC' || key.measurand === 'Display.PresentSOC';
}

/** Needs may be told shortly before their transaction begins (K15). */
const EARLY_MS = 300_000;

function isOf(at: number, facts: TransactionFacts | undefined, range: Span): boolean {
  if (!facts) return at >= range.from && at < range.to;
  return at >= facts.startedAt - EARLY_MS && at <= (facts.endedAt ?? Number.MAX_SAFE_INTEGER);
}

function transactionOf(
  { known }: StationEnergy,
  evseId: number,
  needs: EvNeeds,
  chosen: TransactionFacts | undefined,
): TransactionFacts | undefined {
  return chosen ?? known.transactions.at(evseId, needs.at);
}

/** Of all phases together, at the place nearest to the plug. */
function registersOf(own: readonly MeterSeries[], flow: 'Import' | 'Export'): readonly MeterSeries[] {
  const registers = own.filter(
    ({ key, length }) => key.measurand === `Energy.Active.${flow}.Register` && key.phase === '' && length > 0,
  );
  const place = ['Outlet', 'Cable', 'EV', 'Inlet', 'Body'].find((one) =>
    registers.some(({ key }) => key.location === one),
  );
  return registers.filter(({ key }) => key.location === place).slice(0, 1);
}

interface Sample extends Point {
  readonly entry: number;
}

function samplesOf(series: readonly MeterSeries[], { from, to }: Span): readonly Sample[] {
  const found = series.flatMap((one) => {
    const [start, end] = [firstAtOrAfter(one, from), firstAtOrAfter(one, to)];
    return Array.from({ length: Math.max(0, end - start) }, (_, index) => ({
      at: one.at(start + index),
      value: one.value(start + index),
      entry: one.entry(start + index),
    }));
  });
  return series.length > 1 ? found.sort((a, b) => a.at - b.at) : found;
}

/** One point a time: the last of several. */
function pointsOf(series: readonly MeterSeries[], span: Span): readonly Point[] {
  const samples = samplesOf(series, span);
  return samples.filter(({ at }, index) => samples[index + 1]?.at !== at);
}

function seriesOf(samples: readonly Sample[]): BatterySeries {
  return {
    at: samples.map(({ at }) => at),
    value: samples.map(({ value }) => value),
    entry: samples.map(({ entry }) => entry),
  };
}

function thinnedSeries(samples: readonly Sample[], points: number): BatterySeries {
  return seriesOf(thinned(samples, points));
}

function limitsOf({ topics }: StationEnergy, evseId: number, { from, to }: Span): readonly LimitAtSoC[] {
  return topics.charging.history
    .between(from, to)
    .flatMap(({ profile, from: begun, to: ended, entry }) => {
      if (profile.evseId !== 0 && profile.evseId !== evseId) return [];
      return profile.schedules.flatMap(({ limitAtSoC, unit }) =>
        limitAtSoC
          ? [
              {
                ...limitAtSoC,
                unit,
                profileId: profile.id,
                entry,
                from: begun,
                to: Number.isFinite(ended) ? ended : null,
              },
            ]
          : [],
      );
    })
    .slice(-LIMITS_MAX);
}

/** What became of what an EV asked for, up to its departure, the end of the transaction, or now. */
function reached(
  needs: EvNeeds,
  facts: TransactionFacts | undefined,
  readings: (span: Span) => {
    readonly soc: readonly Point[];
    readonly imported: readonly Point[];
    readonly exported: readonly Point[];
  },
): NeedsAndReached {
  const departure = needs.departure ?? null;
  const ended = facts?.endedAt ?? null;
  const last = Math.min(departure ?? Number.MAX_SAFE_INTEGER, ended ?? Number.MAX_SAFE_INTEGER);
  const { soc, imported, exported } = readings({
    from: needs.at,
    to: last === Number.MAX_SAFE_INTEGER ? last : last + 1,
  });
  const latest = soc.at(-1) ?? imported.at(-1);
  // Ended is what it was when it left, be that before the time that it had announced.
  const untilIs =
    ended !== null && last === ended
      ? 'end'
      : departure !== null && (latest?.at ?? 0) >= departure - EARLY_MS
        ? 'departure'
        : 'latest';
  const until = untilIs === 'latest' ? (latest?.at ?? null) : last;
  const reachedSoC = soc.at(-1)?.value ?? null;
  const net = netOf(imported, exported);
  const targetSoC = needs.targetStateOfCharge ?? null;
  const asked = needs.energy ?? null;
  return {
    at: needs.at,
    entry: needs.entry,
    transfer: needs.transfer ?? null,
    departure,
    targetSoC,
    energy: asked,
    until,
    untilIs,
    soc: reachedSoC,
    net,
    verdict: verdictOf(targetSoC, reachedSoC, asked, net, untilIs === 'latest'),
  };
}

function netOf(imported: readonly Point[], exported: readonly Point[]): number | null {
  const [into, out] = [ends(imported), ends(exported)];
  if (into === null && out === null) return null;
  return (into ?? 0) - (out ?? 0);
}

function ends(points: readonly Point[]): number | null {
  const [first, last] = [points[0], points.at(-1)];
  return first && last && points.length > 1 ? last.value - first.value : null;
}

function verdictOf(
  targetSoC: number | null,
  soc: number | null,
  asked: number | null,
  net: number | null,
  goesOn: boolean,
): NeedsAndReached['verdict'] {
  // The state of charge says it itself; energy is counted before losses.
  const is =
    targetSoC !== null && soc !== null
      ? soc >= targetSoC - SOC_TOLERANCE
      : asked !== null && net !== null
        ? net >= asked
        : null;
  if (is === null) return null;
  if (is) return 'reached';
  return goesOn ? 'open' : 'missed';
}
