import type { ControlFault, ControlType } from '../../../ocpp/der/control.ts';
import { clear, endOf, type InstalledControl, install, isPresent } from '../../../ocpp/der/installed.ts';
import { parseReportedControls, parseSetControl } from '../../../ocpp/der/parse-control.ts';
import type { EnergyAnswer, EnergyEvent, EnergyRequest } from '../event.ts';
import { booleanOf, integerOf, objectOf, textOf } from '../event-fields.ts';
import type { Topic, TopicExtent } from '../topic.ts';
import { controlTypeOf, type DerAlarm, type DerStartStop, startStopOf, textsOf, withAlarm } from './der-events.ts';
import { type EvRatings, evRatingsOf } from './der-ratings.ts';
import { DerRemarks } from './remarks.ts';
import { reconcile, remarkMissing } from './report.ts';
import { remarkStartStop } from './start-stop.ts';

/** Actions that tell of DER controls. */
export const DER_ACTIONS = [
  'SetDERControl',
  'ClearDERControl',
  'GetDERControl',
  'ReportDERControl',
  'NotifyDERAlarm',
  'NotifyDERStartStop',
  'NotifyEVChargingNeeds',
] as const;

/** A SetDERControl that the station did not accept. */
export interface RefusedControl {
  readonly id: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string | null;
  readonly at: number;
  readonly entry: number;
}

interface Inquiry {
  readonly isDefault: boolean | undefined;
  readonly type: ControlType | undefined;
  readonly id: string | undefined;
  readonly reported: Set<string>;
}

/** Most controls, events and inquiries that are kept: a session may be made of them. */
const CONTROLS_MAX = 2000;
const EVENTS_MAX = 5000;
const INQUIRIES_MAX = 100;

/** What a station must refuse where a request breaks what the CSMS must not send. */
const REFUSAL_OF: Readonly<Record<string, string>> = {
  'R04.FR.12': 'R04.FR.13',
  'R04.FR.14': 'R04.FR.15',
  'R04.FR.16': 'R04.FR.17',
};

/** The DER controls of a station, and what it told of them. */
export class DerTopic implements Topic {
  readonly remarks = new DerRemarks();
  readonly refused: RefusedControl[] = [];
  readonly startStops: DerStartStop[] = [];
  readonly #ratings: EvRatings[] = [];
  readonly #inquiries = new Map<number, Inquiry>();
  #controls: readonly InstalledControl[] = [];
  #faults = new Map<number, readonly ControlFault[]>();
  #alarms: readonly DerAlarm[] = [];
  #dropped = 0;
  #from: number | undefined;
  #to: number | undefined;

  /** Everything that was ever installed, up to the most that are kept. */
  get controls(): readonly InstalledControl[] {
    return this.#controls;
  }

  /** Controls that are no longer kept, oldest first. */
  get dropped(): number {
    return this.#dropped;
  }

  get alarms(): readonly DerAlarm[] {
    return this.#alarms;
  }

  /** Of EVs, in the order in which they were told. */
  get evRatings(): readonly EvRatings[] {
    return this.#ratings;
  }

  /** What the specification holds against a control, by the entry that brought it. */
  faultsOf(source: number): readonly ControlFault[] {
    return this.#faults.get(source) ?? [];
  }

  extent(): TopicExtent | undefined {
    if (this.#from === undefined) return undefined;
    return { topics: ['der'], from: this.#from, to: this.#to };
  }

  take(event: EnergyEvent): void {
    if (event.kind === 'answer') this.#takeAnswer(event);
    else if (event.kind === 'request') this.#takeRequest(event);
  }

  #takeAnswer(event: EnergyAnswer): void {
    switch (event.action) {
      case 'SetDERControl':
        this.#set(event);
        break;
      case 'ClearDERControl':
        this.#clear(event);
        break;
      case 'GetDERControl':
        this.#inquire(event);
        break;
    }
  }

  #takeRequest(event: EnergyRequest): void {
    switch (event.action) {
      case 'ReportDERControl':
        this.#report(event);
        break;
      case 'NotifyDERAlarm':
        this.#alarms = withAlarm(this.#alarms, event).slice(-EVENTS_MAX);
        this.#reach(event.at);
        break;
      case 'NotifyDERStartStop': {
        const told = startStopOf(event);
        if (!told) break;
        this.startStops.push(told);
        if (this.startStops.length > EVENTS_MAX) this.startStops.shift();
        remarkStartStop(this.#controls, told, event, this.remarks);
        this.#reach(event.at);
        break;
      }
      case 'NotifyEVChargingNeeds': {
        const ratings = evRatingsOf(event);
        if (ratings) this.#ratings.push(ratings);
        if (this.#ratings.length > EVENTS_MAX) this.#ratings.shift();
        break;
      }
    }
  }

  #set(event: EnergyAnswer): void {
    const { request, response, requestEntry, requestAt } = event;
    const { control, faults } = parseSetControl(request);
    const status = textOf(response, 'status') ?? '';
    const id = textOf(request, 'controlId') ?? '';
    this.#reach(requestAt);
    if (status !== 'Accepted') {
      const reason = objectOf(response, 'statusInfo');
      this.refused.push({
        id,
        type: textOf(request, 'controlType') ?? '',
        status,
        reason: textOf(reason, 'additionalInfo') ?? textOf(reason, 'reasonCode') ?? null,
        at: requestAt,
        entry: requestEntry,
      });
      if (this.refused.length > EVENTS_MAX) this.refused.shift();
      return;
    }
    for (const { code, sentence } of faults) {
      const refusal = REFUSAL_OF[code];
      this.remarks.add(event, code, refusal ? `${sentence} The station should refuse it (${refusal}).` : sentence);
    }
    if (!control) return;
    if (faults.length > 0) this.#faults.set(requestEntry, faults);
    this.#controls = install(this.#controls, control, requestAt, requestEntry);
    this.#reach(control.start ?? requestAt);
    this.#compareSuperseded(event, id);
    this.#bound();
  }

  /** Sets the ids that the station names as superseded beside those that should be. */
  #compareSuperseded(event: EnergyAnswer, id: string): void {
    const { response, requestAt } = event;
    const told = new Set(textsOf(response, 'supersededIds'));
    const by = (each: InstalledControl) => each.supersededBy === id && (each.supersededAt ?? 0) <= requestAt;
    const own = this.#controls.findLast((each) => each.control.id === id);
    // R04.FR.08: the new control itself may be the one that is superseded.
    const expected = this.#controls.filter((each) => by(each) || (each === own && each.supersededAt === requestAt));
    for (const each of expected) {
      if (told.has(each.control.id)) continue;
      const requirement = each.supersededFor ?? 'R, 2.9';
      const sentence = `Control ${each.control.id} is superseded (${requirement}), but the station does not say so in supersededIds.`;
      this.remarks.add(event, requirement, sentence);
    }
    for (const named of told) {
      if (expected.some((each) => each.control.id === named)) continue;
      const sentence = `The station says that control ${named} is superseded; by the messages here it is not.`;
      this.remarks.add(event, 'R04.FR.09', sentence);
    }
  }

  #clear(event: EnergyAnswer): void {
    const { request, response, requestAt, requestEntry } = event;
    const isDefault = booleanOf(request, 'isDefault');
    if (isDefault === undefined) return;
    const criteria = { isDefault, type: controlTypeOf(request, 'controlType'), id: textOf(request, 'controlId') };
    const cleared = clear(this.#controls, criteria, requestAt, requestEntry);
    const ids = cleared.flatMap((each, index) =>
      each.removedAt === this.#controls[index]?.removedAt ? [] : [each.control.id],
    );
    this.#reach(requestAt);
    const status = textOf(response, 'status');
    if (status === 'Accepted') this.#controls = cleared;
    else if (status === 'NotFound' && ids.length > 0) {
      const sentence = `The station finds nothing to clear, though it accepted ${ids.join(', ')}.`;
      this.remarks.add(event, criteria.id === undefined ? 'R04.FR.45' : 'R04.FR.46', sentence);
    }
  }

  #inquire({ request, response }: EnergyAnswer): void {
    const requestId = integerOf(request, 'requestId');
    if (requestId === undefined || textOf(response, 'status') !== 'Accepted') return;
    this.#inquiries.delete(requestId);
    this.#inquiries.set(requestId, {
      isDefault: booleanOf(request, 'isDefault'),
      type: controlTypeOf(request, 'controlType'),
      id: textOf(request, 'controlId'),
      reported: new Set(),
    });
    if (this.#inquiries.size > INQUIRIES_MAX) {
      const [oldest] = this.#inquiries.keys();
      if (oldest !== undefined) this.#inquiries.delete(oldest);
    }
  }

  #report(event: EnergyRequest): void {
    const requestId = integerOf(event.request, 'requestId');
    const inquiry = requestId === undefined ? undefined : this.#inquiries.get(requestId);
    for (const reported of parseReportedControls(event.request)) {
      this.#controls = reconcile(this.#controls, reported, event, this.remarks);
      if (reported.control) inquiry?.reported.add(reported.control.id);
    }
    this.#reach(event.at);
    this.#bound();
    if (!inquiry || requestId === undefined || booleanOf(event.request, 'tbc')) return;
    this.#inquiries.delete(requestId);
    const { isDefault, type, id, reported } = inquiry;
    const matches = ({ control }: InstalledControl) =>
      (isDefault === undefined || control.isDefault === isDefault) &&
      (id === undefined ? type === undefined || control.setting.type === type : control.id === id);
    remarkMissing(this.#controls, matches, reported, event, this.remarks);
  }

  #reach(at: number): void {
    this.#from = Math.min(this.#from ?? at, at);
    this.#to = Math.max(this.#to ?? at, at);
  }

  /** Forgets what is over, then what is oldest, beyond the most that are kept. */
  #bound(): void {
    const excess = this.#controls.length - CONTROLS_MAX;
    if (excess <= 0) return;
    const latest = this.#to ?? 0;
    const over = this.#controls.filter((each) => !isPresent(each, latest) && endOf(each) <= latest);
    const gone = new Set([...over, ...this.#controls].slice(0, excess));
    this.#controls = this.#controls.filter((each) => !gone.has(each));
    for (const { source } of gone) this.#faults.delete(source);
    this.#dropped += gone.size;
  }
}
