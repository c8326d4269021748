import { activeSpans, type ControlState } from '../../../ocpp/der/active.ts';
import { CONTROL_TYPES, type ControlType } from '../../../ocpp/der/control.ts';
import { CONFLICT_SENTENCE, conflictsAmong, DOMAIN_OF } from '../../../ocpp/der/decides.ts';
import { endOf, type InstalledControl, startOf } from '../../../ocpp/der/installed.ts';
import { GRID_QUANTITIES } from '../grid/measured.ts';
import { MeteredGrid, measuredEvse } from '../grid/metered.ts';
import type { SessionEnergy } from '../session-energy.ts';
import { controlView } from './control-view.ts';
import type { DerActivity, DerControlPicture, DerControlSummary, DerPicture, DerQuestion } from './der-picture.ts';
import { numbersOf, ratingsAt } from './der-ratings.ts';
import type { DerTopic } from './der-topic.ts';
import { TITLES } from './der-words.ts';
import { parametersOf } from './parameters.ts';
import { LOOK_BACK, measuredAt, type Situation } from './situation.ts';
import { reasonAt } from './why.ts';

const CONTROLS_MAX = 200;
const EVENTS_MAX = 500;
const SPANS_MAX = 200;

/** DER control of a station: what is active and why, where it operates, and what happened; null where it is unknown. */
export function derPicture(energy: SessionEnergy, question: DerQuestion): DerPicture | null {
  const station = energy.station(question.station);
  if (!station) return null;
  const { der, metering } = station.topics;
  const at = question.at ?? question.range.to;
  const series = metering.series();
  const evseId = measuredEvse(series, question.evseId);
  const ratings = ratingsAt(station.known.device, der.evRatings, evseId ?? 1, at);
  const situation: Situation = {
    at,
    range: question.range,
    grid: new MeteredGrid(series, evseId),
    ratings: numbersOf(ratings),
    during: () => false,
  };
  const sorted = inOrder(der.controls, at);
  const controls = besideEachOther(sorted.slice(0, CONTROLS_MAX).map((each) => summaryOf(der, each, situation)));
  const source = question.selected ?? worthALook(controls);
  const chosen = sorted.find((each) => each.source === source) ?? sorted[0];
  const { from, to } = question.range;
  const remarks = der.remarks.all.filter((remark) => remark.at <= to);
  return {
    at,
    evseId,
    ratings,
    measured: GRID_QUANTITIES.flatMap((quantity) => {
      const sample = measuredAt(situation, quantity);
      return sample ? [{ quantity, value: sample.value, at: sample.at, entry: sample.entry }] : [];
    }),
    controls,
    controlsInAll: sorted.length + der.dropped,
    selected: chosen ? pictureOf(der, chosen, situation, controls) : null,
    conflicts: conflictsOf(controls),
    activity: activityOf(der.controls, from, to),
    alarms: der.alarms.filter((each) => each.from < to && (each.to ?? to) >= from).slice(-EVENTS_MAX),
    startStops: der.startStops.filter((each) => each.at >= from && each.at < to).slice(-EVENTS_MAX),
    refused: der.refused.slice(-CONTROLS_MAX),
    remarks: remarks.slice(-CONTROLS_MAX),
    remarksInAll: remarks.length + der.remarks.passedOver,
  };
}

const RANK: Record<ControlState, number> = {
  active: 0,
  waits: 1,
  'not yet started': 2,
  superseded: 3,
  'not yet received': 4,
  ended: 5,
  cleared: 6,
};

/** Active ones first, of these the scheduled ones; then by type and by when they came, the latest first. */
function inOrder(set: readonly InstalledControl[], at: number): readonly InstalledControl[] {
  const keyed = set.map((each) => ({
    each,
    rank: RANK[reasonAt(set, each, at).state],
    type: CONTROL_TYPES.indexOf(each.control.setting.type),
  }));
  return keyed
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        Number(a.each.control.isDefault) - Number(b.each.control.isDefault) ||
        a.type - b.type ||
        b.each.receivedAt - a.each.receivedAt,
    )
    .map(({ each }) => each);
}

function summaryOf(der: DerTopic, each: InstalledControl, situation: Situation): DerControlSummary {
  const { control } = each;
  const { type } = control.setting;
  const end = endOf(each);
  const reason = reasonAt(der.controls, each, situation.at);
  return {
    id: control.id,
    type,
    title: TITLES[type],
    decides: DOMAIN_OF[type],
    isDefault: control.isDefault,
    priority: control.priority,
    entry: each.source,
    receivedAt: each.receivedAt,
    start: control.isDefault ? null : startOf(each),
    end: Number.isFinite(end) ? end : null,
    ...reason,
    verdict:
      reason.state === 'active'
        ? controlView(control, { ...situation, during: duringOf(der, each, situation) }).verdict
        : null,
  };
}

function pictureOf(
  der: DerTopic,
  each: InstalledControl,
  situation: Situation,
  listed: readonly DerControlSummary[],
): DerControlPicture {
  const view = controlView(each.control, { ...situation, during: duringOf(der, each, situation) });
  return {
    ...summaryOf(der, each, situation),
    // As in the list; of one that is not active, what it would ask.
    verdict: listed.find(({ entry }) => entry === each.source)?.verdict ?? view.verdict,
    parameters: parametersOf(each.control),
    shape: view.shape(),
    notes: view.notes,
    faults: der.faultsOf(each.source),
  };
}

/** Whether a control was executed at an instant, of the range or of what is looked back on. */
function duringOf(der: DerTopic, each: InstalledControl, { at, range }: Situation): Situation['during'] {
  const from = Math.min(range.from, at - LOOK_BACK);
  const spans = activeSpans(der.controls, each.control.setting.type, from, Math.max(range.to, at) + 1);
  const own = spans.filter(({ installed }) => installed === each);
  return (instant) => own.some((span) => span.from <= instant && instant < span.to);
}

/** What is looked at first: what does not fit, else a curve or a droop, else anything that is active. */
function worthALook(controls: readonly DerControlSummary[]): number | undefined {
  const active = controls.filter(({ state }) => state === 'active');
  const off = active.find(({ verdict }) => verdict?.tone === 'error' || verdict?.tone === 'warning');
  return (off ?? active.find(({ decides }) => decides === 'reactivePower' || decides === 'activePower'))?.entry;
}

/** Of controls that may contradict each other, one that is not followed is no fault while another one is. */
function besideEachOther(controls: readonly DerControlSummary[]): readonly DerControlSummary[] {
  const active = controls.filter(({ state }) => state === 'active');
  const sets = conflictsAmong(active.map(({ type }) => type));
  return controls.map((each) => {
    const { verdict } = each;
    if (each.state !== 'active' || verdict?.tone !== 'warning') return each;
    const rivals = sets.find((types) => types.includes(each.type)) ?? [];
    const followed = active.find(({ type, verdict: other }) => rivals.includes(type) && other?.tone === 'good');
    if (!followed) return each;
    return { ...each, verdict: { tone: 'plain', sentence: `${verdict.sentence} ${followed.id} is followed instead.` } };
  });
}

function conflictsOf(controls: readonly DerControlSummary[]): readonly string[] {
  const active = controls.filter(({ state }) => state === 'active').map(({ type }) => type);
  return conflictsAmong(active).map(
    (types) => `${types.map((type) => TITLES[type]).join(' and ')} are active together. ${CONFLICT_SENTENCE}`,
  );
}

/** What was active when; types with anything but a default first. */
function activityOf(set: readonly InstalledControl[], from: number, to: number): readonly DerActivity[] {
  const types = new Set<ControlType>(set.map((each) => each.control.setting.type));
  const activities = CONTROL_TYPES.filter((type) => types.has(type)).map((type) => ({
    type,
    title: TITLES[type],
    spans: activeSpans(set, type, from, to)
      .slice(0, SPANS_MAX)
      .map((span) => ({
        from: span.from,
        to: span.to,
        id: span.installed.control.id,
        isDefault: span.installed.control.isDefault,
        entry: span.installed.source,
      })),
  }));
  const isScheduled = ({ spans }: DerActivity) => spans.some(({ isDefault }) => !isDefault);
  return activities
    .filter(({ spans }) => spans.length > 0)
    .sort((a, b) => Number(isScheduled(b)) - Number(isScheduled(a)));
}
