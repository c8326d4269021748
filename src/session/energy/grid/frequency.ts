import { activeSpans } from '../../../ocpp/der/active.ts';
import { droopAt, readDroop } from '../../../ocpp/der/droop.ts';
import { functionAt, readFunction } from '../../../ocpp/der/function-curve.ts';
import type { InstalledControl } from '../../../ocpp/der/installed.ts';
import type { Ratings } from '../../../ocpp/der/ratings.ts';
import type { Piece } from '../../../ocpp/schedule/composite.ts';
import { valueAt } from '../../../ocpp/schedule/context.ts';
import { interpolate } from '../../../ocpp/schedule/contribution.ts';
import { numbersOf, ratingsAt } from '../der/der-ratings.ts';
import type { SessionEnergy } from '../session-energy.ts';
import { askedPower } from './asked-power.ts';
import type { FrequencyCurve, FrequencyPicture, FrequencyQuestion, PictureSeries } from './frequency-picture.ts';
import { type GridMeasurements, type GridSample, thinned } from './measured.ts';
import { MeteredGrid, measuredEvse } from './metered.ts';
import { responsesOf, summaryOf } from './response.ts';

const SCATTER_MAX = 400;
const REFUSED_MAX = 100;
/** Milliseconds between two measured values beyond which nothing is said of the time between. */
const GAP = 15 * 60_000;

/** How a station supports the frequency of the grid; null where nothing is known of it. */
export function frequencyPicture(energy: SessionEnergy, question: FrequencyQuestion): FrequencyPicture | null {
  const station = energy.station(question.station);
  if (!station) return null;
  const { known, topics } = station;
  const { from, to } = question.range;
  const at = question.at ?? to;
  const all = topics.metering.series();
  const evseId = measuredEvse(all, question.evseId);
  const grid = new MeteredGrid(all, evseId);
  const frequency = thinned(grid.between('frequency', from, to, question.points * 2), question.points);
  const measured = thinned(grid.between('activePower', from, to, question.points * 2), question.points);
  const before = grid.latest('frequency', from);
  const steps = before && before.at < from ? [before, ...frequency] : frequency;
  const pieces = askedPower(
    {
      known,
      history: topics.charging.history,
      priority: topics.charging.priority.on(evseId ?? 0, known),
      frequency: steps,
      signal: topics.grid.steps,
    },
    evseId ?? 0,
    from,
    to,
  );
  const ratings = numbersOf(ratingsAt(known.device, topics.der.evRatings, evseId ?? 1, to));
  const asked = askedSeries(pieces, to);
  const askedSteps = asked.at.map((each, index) => ({ at: each, value: asked.value[index] ?? null }));
  const tolerance = 0.05 * (ratings.maxW ?? largest(asked.value));
  const responses = responsesOf(askedSteps, measured, tolerance);
  return {
    evseId,
    frequency: seriesOf(frequency),
    signal: signalSeries(topics.grid, from, to),
    refused: topics.grid.signals
      .filter((each) => each.status !== 'Accepted' && each.at >= from && each.at < to)
      .slice(-REFUSED_MAX),
    asked,
    droop: droopSeries(topics.der.controls, grid, frequency, pieces, ratings, { from, to }),
    freqWatt: freqWattSeries(topics.der.controls, frequency, ratings, { from, to }),
    measured: seriesOf(measured),
    responses,
    summary: summaryOf(askedSteps, measured, responses, tolerance, GAP),
    curve: curveAt(pieces, grid, topics.grid.steps, at),
    scatter: scatterOf(pieces, grid, measured),
    threshold: thresholdOf(
      known.device.value({ component: 'V2XChargingCtrlr', variable: 'LocalFrequencyUpdateThreshold' })?.value,
    ),
  };
}

function seriesOf(samples: readonly GridSample[]): PictureSeries {
  return {
    at: samples.map((sample) => sample.at),
    value: samples.map((sample) => sample.value),
    entry: samples.map((sample) => sample.entry),
  };
}

function signalSeries(
  {
    signals,
    steps,
  }: {
    readonly signals: readonly { at: number; entry: number; status: string }[];
    readonly steps: readonly { at: number; value: number }[];
  },
  from: number,
  to: number,
): PictureSeries {
  const entries = new Map(signals.filter(({ status }) => status === 'Accepted').map((each) => [each.at, each.entry]));
  const shown = steps.filter((step, index) => step.at < to && (steps[index + 1]?.at ?? to) > from);
  // It holds until the end of what is shown.
  const last = shown.at(-1);
  const ends = last ? [...shown, { at: to, value: last.value }] : [];
  return {
    at: ends.map((step) => Math.max(step.at, from)),
    value: ends.map((step) => step.value),
    entry: ends.map((step) => entries.get(step.at) ?? 0),
  };
}

function askedSeries(pieces: readonly Piece[], to: number): FrequencyPicture['asked'] {
  const at: number[] = [];
  const value: (number | null)[] = [];
  const entry: number[] = [];
  const note: (string | null)[] = [];
  const add = (time: number, power: number | null, source: number, words: string | null = null) => {
    if (power === null && (value.at(-1) ?? null) === null) return;
    at.push(time);
    value.push(power);
    entry.push(source);
    note.push(words);
  };
  let end: number | undefined;
  for (const piece of pieces) {
    if (end !== undefined && end < piece.from) add(end, null, 0);
    const setpoint = piece.values.setpoint;
    const { decidedBy } = setpoint ?? {};
    const source = decidedBy?.profile.source;
    const mode = decidedBy?.period.operationMode ?? piece.settings?.operationMode;
    const words = decidedBy ? `${mode}, profile ${decidedBy.profile.id}` : null;
    add(piece.from, setpoint?.value ?? null, typeof source === 'number' ? source : 0, words);
    end = piece.to;
  }
  if (end !== undefined) add(end, end < to ? null : (value.at(-1) ?? null), 0);
  return { at, value, entry, note };
}

function droopSeries(
  controls: readonly InstalledControl[],
  grid: GridMeasurements,
  frequency: readonly GridSample[],
  pieces: readonly Piece[],
  ratings: Ratings,
  { from, to }: { readonly from: number; readonly to: number },
): PictureSeries {
  const { maxW } = ratings;
  const spans = activeSpans(controls, 'FreqDroop', from, to);
  if (maxW === undefined || spans.length === 0) return seriesOf([]);
  let before: number | undefined;
  const found = frequency.flatMap((sample): readonly GridSample[] => {
    const setting = spans.find((span) => span.from <= sample.at && sample.at < span.to)?.installed.control.setting;
    if (setting?.type !== 'FreqDroop') return [];
    const share = droopAt(readDroop(setting.droop), sample.value);
    if (share === undefined) return [];
    const scheduled = pieceAt(pieces, sample.at)?.values.setpoint?.value;
    if (share === 0) before = grid.latest('activePower', sample.at)?.value;
    const base = scheduled ?? before;
    if (base === undefined) return [];
    const value = Math.max(-maxW, Math.min(ratings.maxChargeRateW ?? maxW, base - share * maxW));
    return [{ ...sample, value }];
  });
  return seriesOf(found);
}

function freqWattSeries(
  controls: readonly InstalledControl[],
  frequency: readonly GridSample[],
  ratings: Ratings,
  { from, to }: { readonly from: number; readonly to: number },
): PictureSeries {
  const spans = activeSpans(controls, 'FreqWatt', from, to);
  const found = frequency.flatMap((sample): readonly GridSample[] => {
    const setting = spans.find((span) => span.from <= sample.at && sample.at < span.to)?.installed.control.setting;
    if (setting?.type !== 'FreqWatt') return [];
    const most = functionAt(readFunction('FreqWatt', setting.curve, ratings), sample.value, ratings)?.value;
    return most === undefined ? [] : [{ ...sample, value: -most }];
  });
  return seriesOf(found);
}

function pieceAt(pieces: readonly Piece[], at: number): Piece | undefined {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((pieces[middle]?.from ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  const piece = pieces[low - 1];
  return piece && at < piece.to ? piece : undefined;
}

function curveAt(
  pieces: readonly Piece[],
  grid: GridMeasurements,
  signals: readonly { readonly at: number; readonly value: number }[],
  at: number,
): FrequencyCurve | null {
  const piece = pieces.findLast((each) => each.from <= at && each.settings?.frequencyCurve);
  const settings = piece?.settings;
  if (!piece || !settings?.frequencyCurve) return null;
  const inForce = at <= piece.to;
  const { v2xBaseline: baseline = 0, frequencyCurve, signalCurve = [], decidedBy, operationMode } = settings;
  const { source, id } = decidedBy.profile;
  const signal = valueAt(signals, at);
  const frequency = grid.latest('frequency', at)?.value;
  const power = grid.latest('activePower', at)?.value;
  const signalPower = signal === undefined || signalCurve.length === 0 ? null : interpolate(signalCurve, signal);
  const asked = frequency === undefined ? null : baseline + interpolate(frequencyCurve, frequency) + (signalPower ?? 0);
  return {
    mode: operationMode,
    profileId: id,
    entry: typeof source === 'number' ? source : 0,
    inForce,
    baseline,
    frequency: frequencyCurve.map((point) => ({ x: point.at, y: baseline + point.power })),
    signal: signalCurve.map((point) => ({ x: point.at, y: point.power })),
    signalPower: inForce ? signalPower : null,
    measured: inForce && frequency !== undefined && power !== undefined ? { frequency, power } : null,
    asked: inForce ? asked : null,
  };
}

function scatterOf(
  pieces: readonly Piece[],
  grid: GridMeasurements,
  measured: readonly GridSample[],
): FrequencyPicture['scatter'] {
  const during = measured.filter(({ at }) => pieceAt(pieces, at)?.settings?.frequencyCurve);
  return thinned(during, SCATTER_MAX).flatMap(({ at, value, entry }) => {
    const frequency = grid.latest('frequency', at);
    return frequency ? [{ x: frequency.value, y: value, at, entry }] : [];
  });
}

function largest(values: readonly (number | null)[]): number {
  return values.reduce<number>((found, value) => Math.max(found, Math.abs(value ?? 0)), 1000);
}

function thresholdOf(value: string | undefined): number | null {
  const threshold = value === undefined || value.trim() === '' ? Number.NaN : Number(value);
  return Number.isFinite(threshold) ? threshold : null;
}
