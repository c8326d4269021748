import type { Interval } from '../../../ocpp/schedule/context.ts';
import type { RateUnit } from '../../../ocpp/schedule/profile.ts';
import type { SessionEnergy } from '../session-energy.ts';
import type { StationEnergy } from '../station-energy.ts';
import { calculated, STRETCHES_MAX } from './calculated.ts';
import { type ChargingView, chargingView } from './charging-context.ts';
import type { ChargingMessage } from './charging-messages.ts';
import { closed, compositeLines, pointOf, stackLines } from './composite-lines.ts';
import { evPoints } from './ev-line.ts';
import { measuredLines } from './measured-lines.ts';
import { remarksFor } from './picture-remarks.ts';
import { type PowerLine, powerLine } from './power-line.ts';
import type { PowerQuestion } from './power-question.ts';
import {
  againstCalculated,
  type ExplainedDifference,
  type ReportedAgainstCalculated,
  reportedPieces,
} from './reported-against-calculated.ts';
import type { ChargingRemark, Sentence } from './sentence.ts';

/** A stretch behind the lines. */
export interface PowerBand extends Interval {
  readonly kind: 'state' | 'difference' | 'priority' | 'offline';
  readonly label: string;
  readonly entry: number;
}

/** Everything that there is to see of power over a range. */
export interface PowerPicture {
  readonly evseId: number;
  readonly unit: RateUnit;
  readonly from: number;
  readonly to: number;
  readonly lines: readonly PowerLine[];
  readonly bands: readonly PowerBand[];
  readonly marks: readonly ChargingMessage[];
  /** Where composite schedules as reported differ from what is calculated. */
  readonly differences: readonly ExplainedDifference[];
  /** Answers to GetCompositeSchedule in the range, and how many of them were compared. */
  readonly compared: { readonly reported: number; readonly compared: number };
  readonly remarks: readonly ChargingRemark[];
  readonly supply: Sentence;
}

/** Composite schedules that are compared: the latest of a range. */
const COMPARED_MAX = 100;
const MARKS_MAX = 1_000;
const BANDS_MAX = 1_000;
const DIFFERENCES_MAX = 200;

/** The picture of power of an EVSE; null for a station of which nothing is known. */
export function powerPicture(energy: SessionEnergy, question: PowerQuestion): PowerPicture | null {
  const station = energy.station(question.station);
  if (!station) return null;
  const view = viewOf(station, question);
  const range: Interval = { from: question.from, to: question.to };
  const pieces = calculated(view, range);
  const reported = view.charging.composites.filter(
    (each) => each.evseId === question.evseId && each.from < range.to && each.to > range.from,
  );
  const compared = reported.slice(-COMPARED_MAX).map((each) => againstCalculated(view, each));
  const differences = compared.flatMap((each) => each.differences).filter((each) => overlaps(each, range));
  const ev = powerLine(
    { id: 'request', kind: 'request', label: 'EV asks for', unit: question.unit, steps: true, hidden: false },
    closed(evPoints(view, range), range),
    question.points,
  );
  const lines = [
    ...compositeLines(view, pieces, range, question.points),
    ...reportedLines(view, compared, range, question.points),
    ...(ev.at.length > 0 ? [ev] : []),
    ...measuredLines(view, range, question.points),
    ...stackLines(view, pieces, range, question.points),
  ];
  return {
    evseId: question.evseId,
    unit: question.unit,
    ...range,
    lines,
    bands: bandsOf(view, range, differences),
    marks: view.charging.messages.between(question.evseId, range.from, range.to).slice(-MARKS_MAX),
    differences: differences.slice(-DIFFERENCES_MAX),
    compared: { reported: reported.length, compared: compared.length },
    remarks: remarksFor(
      view,
      range,
      pieces,
      pieces.length >= STRETCHES_MAX || (pieces[0]?.from ?? range.from) > range.from,
    ),
    supply: view.supply.sentence,
  };
}

/** What a station's schedules on an EVSE are calculated with. */
export function viewOf(
  station: StationEnergy,
  question: { readonly evseId: number; readonly unit: RateUnit } & Interval,
): ChargingView {
  const { charging, metering, grid } = station.topics;
  const conditions = { metered: metering.series(), signal: grid.steps };
  return chargingView(charging, station.known, conditions, { ...question, evses: station.evses.ascending });
}

/** Composite schedules as they were reported, each until the next answer or its own end. */
function reportedLines(
  view: ChargingView,
  compared: readonly ReportedAgainstCalculated[],
  range: Interval,
  most: number,
): readonly PowerLine[] {
  const points = compared.flatMap(({ reported, pieces }, index) => {
    const until = Math.min(compared[index + 1]?.reported.from ?? Number.POSITIVE_INFINITY, reported.to, range.to);
    // Its own unit may be another one than that of the picture.
    const own = reported.unit === view.unit ? pieces : reportedPieces(view, reported);
    const steps = own
      .filter((piece) => piece.from < until && piece.to > range.from)
      .map((piece) => {
        const { value } = pointOf(piece, [], 'limit', view.unit);
        const setpoint = value === null ? pointOf(piece, [], 'setpoint', view.unit).value : value;
        return {
          at: Math.max(piece.from, range.from),
          value: setpoint,
          entry: reported.entry,
          note: 'as reported by the station',
        };
      });
    return steps.length === 0 ? [] : [...steps, { at: until, value: null, entry: 0 }];
  });
  // The end of one answer is no gap where the next one begins.
  const joined = points.filter((point, index) => point.value !== null || points[index + 1]?.at !== point.at);
  if (joined.every(({ value }) => value === null)) return [];
  const head = {
    id: 'reported',
    kind: 'reported',
    label: 'Composite as reported',
    unit: view.unit,
    steps: true,
    hidden: false,
  } as const;
  return [powerLine(head, joined, most)];
}

function bandsOf(
  view: ChargingView,
  range: Interval,
  differences: readonly ExplainedDifference[],
): readonly PowerBand[] {
  const { known, evseId } = view;
  const states = known.transactions.all
    .filter((each) => each.evseId === evseId)
    .flatMap(({ states: told, endedAt }) =>
      told.map(({ at, state, entry }, index): PowerBand => {
        const to = told[index + 1]?.at ?? endedAt ?? range.to;
        return { kind: 'state', from: at, to, label: state, entry };
      }),
    );
  const offline = known.offline.map((each): PowerBand => ({ kind: 'offline', ...each, label: 'offline', entry: 0 }));
  const priority = view.priority.map(
    ({ from, to, entry }): PowerBand => ({ kind: 'priority', from, to, label: 'priority charging', entry }),
  );
  const different = differences.map(
    ({ from, to, label, entry }): PowerBand => ({ kind: 'difference', from, to, label, entry }),
  );
  return [...states, ...offline, ...priority, ...different]
    .filter((band) => overlaps(band, range))
    .map((band) => ({ ...band, from: Math.max(band.from, range.from), to: Math.min(band.to, range.to) }))
    .slice(-BANDS_MAX);
}

function overlaps(a: Interval, b: Interval): boolean {
  return a.from < b.to && a.to > b.from;
}
