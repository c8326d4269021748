import type { JsonValue } from '../../../ocpp/json.ts';
import { parseClearCriteria } from '../../../ocpp/schedule/installed.ts';
import { parseProfile } from '../../../ocpp/schedule/parse-profile.ts';
import type { EnergyAnswer, EnergyEvent, EnergyRequest } from '../event.ts';
import { booleanOf, evseOf, integerOf, objectOf, textOf } from '../event-fields.ts';
import type { Known } from '../known.ts';
import type { Topic, TopicExtent } from '../topic.ts';
import { type ChargingMessage, ChargingMessages } from './charging-messages.ts';
import { EvRequests } from './ev-requests.ts';
import { ExternalLimits } from './external-limits.ts';
import { InstalledHistory } from './installed-history.ts';
import { PriorityUses } from './priority-uses.ts';
import { ProfileReports } from './profile-report.ts';
import { capital, entryOf, profileName } from './profile-words.ts';
import { Remarks } from './remarks.ts';
import { RemoteStarts } from './remote-starts.ts';
import { type ReportedComposite, reportedComposite } from './reported-composite.ts';
import { linked } from './sentence.ts';

/** Actions that tell what a station may charge and discharge with. */
export const CHARGING_ACTIONS = [
  'SetChargingProfile',
  'ClearChargingProfile',
  'GetChargingProfiles',
  'ReportChargingProfiles',
  'GetCompositeSchedule',
  'RequestStartTransaction',
  'RemoteStartTransaction',
  'TransactionEvent',
  'StartTransaction',
  'StopTransaction',
  'UpdateDynamicSchedule',
  'PullDynamicScheduleUpdate',
  'NotifyChargingLimit',
  'ClearedChargingLimit',
  'UsePriorityCharging',
  'NotifyPriorityCharging',
  'NotifyEVChargingNeeds',
  'NotifyEVChargingSchedule',
] as const;

/** Of those whose answers count, what the station asks; all others are asked by the CSMS. */
const ASKED_BY_STATIONS: ReadonlySet<string> = new Set([
  'StartTransaction',
  'NotifyEVChargingNeeds',
  'PullDynamicScheduleUpdate',
]);

const REPORTED_MAX = 10_000;

/** What a station may charge and discharge with: profiles, limits of others, and what its EVs ask for. */
export class Charging implements Topic {
  readonly history = new InstalledHistory();
  readonly remarks = new Remarks();
  readonly external = new ExternalLimits(this.history, this.remarks);
  readonly reports = new ProfileReports(this.history, this.remarks);
  readonly remoteStarts = new RemoteStarts(this.history, this.remarks);
  readonly priority = new PriorityUses();
  readonly ev = new EvRequests(this.remarks);
  /** Answers to GetCompositeSchedule, in the order in which they came. */
  readonly composites: ReportedComposite[] = [];
  readonly messages = new ChargingMessages();
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;

  take(event: EnergyEvent, known: Known): void {
    if (event.kind === 'answer') {
      const direction = ASKED_BY_STATIONS.has(event.action) ? 'to-csms' : 'to-station';
      if (event.direction === direction) this.#answered.get(event.action)?.(event, known);
    } else if (event.kind === 'request' && event.direction === 'to-csms') {
      this.#asked.get(event.action)?.(event, known);
    }
  }

  extent(): TopicExtent | undefined {
    return this.#from <= this.#to ? { topics: ['charging'], from: this.#from, to: this.#to } : undefined;
  }

  /** What is taken from requests, which are the station's own. */
  readonly #asked = new Map<string, (event: EnergyRequest, known: Known) => void>([
    [
      'TransactionEvent',
      ({ request, entry }, known) =>
        this.#transaction(textOf(objectOf(request, 'transactionInfo'), 'transactionId'), entry, known),
    ],
    [
      'StopTransaction',
      ({ request, entry }, known) => this.#transaction(String(integerOf(request, 'transactionId')), entry, known),
    ],
    [
      'NotifyChargingLimit',
      (event) => {
        this.external.notify(event);
        this.#note(event, evseOf(event.request, 'evseId') ?? 0, 'external limit');
      },
    ],
    [
      'ClearedChargingLimit',
      (event) => {
        this.external.cleared(event);
        this.#note(event, evseOf(event.request, 'evseId') ?? 0, 'external limit cleared');
      },
    ],
    [
      'ReportChargingProfiles',
      (event) => {
        this.reports.take(event);
        this.#note(event, evseOf(event.request, 'evseId') ?? 0, 'profiles reported');
      },
    ],
    ['NotifyPriorityCharging', (event, known) => this.#priority(event, booleanOf(event.request, 'activated'), known)],
    [
      'NotifyEVChargingNeeds',
      (event) => {
        this.ev.takeNeeds(event);
        this.#note(event, evseOf(event.request, 'evseId') ?? 0, 'needs of the EV');
      },
    ],
    [
      'NotifyEVChargingSchedule',
      (event) => {
        this.ev.takeSchedule(event);
        this.#note(event, evseOf(event.request, 'evseId') ?? 0, 'schedule of the EV');
      },
    ],
  ]);

  /** What is taken from answers, with what was asked for. */
  readonly #answered = new Map<string, (event: EnergyAnswer, known: Known) => void>([
    [
      'StartTransaction',
      ({ response, entry }, known) => this.#transaction(String(integerOf(response, 'transactionId')), entry, known),
    ],
    ['NotifyEVChargingNeeds', (event) => this.ev.takeNeedsAnswer(event)],
    ['SetChargingProfile', (event, known) => this.#install(event, known)],
    ['ClearChargingProfile', (event) => this.#clear(event)],
    ['RequestStartTransaction', (event, known) => this.#remoteStart(event, known)],
    ['RemoteStartTransaction', (event, known) => this.#remoteStart(event, known)],
    ['UpdateDynamicSchedule', (event) => this.#dynamic(event, event.request.scheduleUpdate)],
    ['PullDynamicScheduleUpdate', (event) => this.#dynamic(event, event.response.scheduleUpdate)],
    ['GetChargingProfiles', (event) => this.reports.takeAnswer(event)],
    [
      'UsePriorityCharging',
      (event, known) => {
        if (isAccepted(event)) this.#priority(event, booleanOf(event.request, 'activate'), known);
      },
    ],
    ['GetCompositeSchedule', (event) => this.#composite(event)],
  ]);

  #priority(event: EnergyRequest | EnergyAnswer, activated: boolean | undefined, known: Known): void {
    const id = textOf(event.request, 'transactionId');
    if (id === undefined || activated === undefined) return;
    this.priority.take(id, activated, event.at, event.entry);
    this.#note(event, known.transactions.find(id)?.evseId ?? 0, `priority charging ${activated ? 'on' : 'off'}`);
  }

  #remoteStart(event: EnergyAnswer, known: Known): void {
    this.remoteStarts.take(event, known);
    if (event.request.chargingProfile === undefined) return;
    const evseId = evseOf(event.request, event.version === '1.6' ? 'connectorId' : 'evseId') ?? 0;
    this.#note(event, evseId, 'remote start with a profile');
  }

  #install(event: EnergyAnswer, known: Known): void {
    const { request, response, version, at, requestEntry } = event;
    const is16 = version === '1.6';
    const evseId = evseOf(request, is16 ? 'connectorId' : 'evseId') ?? 0;
    const parsed = parseProfile(is16 ? request.csChargingProfiles : request.chargingProfile, {
      version,
      source: requestEntry,
      evseId,
      receivedAt: at,
    });
    const status = textOf(response, 'status');
    const name = parsed.ok ? profileName(parsed.value, undefined) : 'a profile';
    if (status !== 'Accepted') {
      this.remarks.add('refused', at, event.entry, [
        linked(capital(name), requestEntry),
        ' is not installed: the station answered ',
        linked(status ?? 'nothing that is known', event.entry),
        '.',
      ]);
      this.#note(event, evseId, `${name} refused`);
      return;
    }
    if (!parsed.ok) {
      this.remarks.add('unreadable', at, requestEntry, [
        linked('A profile that the station accepted', requestEntry),
        ` cannot be calculated with: ${parsed.error.sentence}`,
      ]);
      return;
    }
    const profile = parsed.value;
    // In 1.6 it need not say of which transaction it is: of the one on the connector.
    const transactionId =
      profile.transactionId ?? (profile.purpose === 'TxProfile' ? known.transactions.at(evseId, at)?.id : undefined);
    this.history.install({ ...profile, transactionId }, at, requestEntry, { by: 'csms', with: 'SetChargingProfile' });
    this.#note(event, evseId, `${name} set`);
  }

  #clear(event: EnergyAnswer): void {
    const { request, response, version, at, requestEntry } = event;
    const criteria = parseClearCriteria(request, version);
    const status = textOf(response, 'status');
    if (!criteria.ok || status === undefined) return;
    if (status === 'Accepted') {
      const cleared = this.history.clear(criteria.value, at, requestEntry);
      if (cleared.length === 0) {
        this.remarks.add('unknown-profile', at, event.entry, [
          linked('Profiles were cleared', requestEntry),
          ' that no message of this session brought: the station had them from before.',
        ]);
      }
      this.#note(event, criteria.value.evseId ?? 0, 'profiles cleared');
      return;
    }
    const [kept] = this.history.wouldClear(criteria.value);
    if (!kept) return;
    this.remarks.add('not-cleared', at, event.entry, [
      linked(capital(profileName(kept, undefined)), entryOf(kept)),
      ' was ',
      linked('to be cleared', requestEntry),
      ', but the station answered ',
      linked(status, event.entry),
      '. It still counts here.',
    ]);
  }

  #dynamic(event: EnergyAnswer, scheduleUpdate: JsonValue | undefined): void {
    const { request, at } = event;
    const profileId = integerOf(request, 'chargingProfileId');
    if (profileId === undefined || !isAccepted(event)) return;
    // The values stand in the request of an update, and in the answer to a pull.
    const entry = event.direction === 'to-station' ? event.requestEntry : event.entry;
    const evseId = this.history.current.find(({ id }) => id === profileId)?.evseId ?? 0;
    if (!this.history.update({ profileId, scheduleUpdate, at, source: entry }, entry)) {
      this.remarks.add('unknown-profile', at, entry, [
        linked(`An update of profile ${profileId}`, entry),
        ' was accepted, but no dynamic profile of that id is known: what it changed cannot be shown.',
      ]);
    }
    this.#note(event, evseId, `profile ${profileId} updated`);
  }

  #composite(event: EnergyAnswer): void {
    const reported = reportedComposite(event);
    if (typeof reported === 'string') {
      this.remarks.add('unreadable', event.at, event.entry, [
        linked('A composite schedule as reported', event.entry),
        ` cannot be drawn: ${reported}`,
      ]);
    } else if (reported) {
      if (this.composites.length >= REPORTED_MAX) this.composites.shift();
      this.composites.push(reported);
      this.#note(event, reported.evseId, 'composite schedule reported');
    }
  }

  #transaction(id: string | undefined, entry: number, known: Known): void {
    const transaction = id === undefined ? undefined : known.transactions.find(id);
    if (!transaction) return;
    this.remoteStarts.started(transaction);
    if (transaction.endedAt === null) return;
    this.history.endTransaction(transaction.evseId, transaction.id, transaction.endedAt, transaction.endEntry ?? entry);
  }

  #note(event: EnergyRequest | EnergyAnswer, evseId: number, label: string): void {
    const message: ChargingMessage = {
      at: event.at,
      // What was asked for stands in the request.
      entry: event.kind === 'answer' ? event.requestEntry : event.entry,
      evseId,
      label,
      towards: event.direction === 'to-csms' ? 'csms' : 'station',
    };
    this.messages.add(message);
    this.#from = Math.min(this.#from, event.at);
    this.#to = Math.max(this.#to, event.at);
  }
}

function isAccepted({ response }: EnergyAnswer): boolean {
  return textOf(response, 'status') === 'Accepted';
}
