import type { JsonObject } from '../../../../ocpp/json.ts';
import type { OcppVersion } from '../../../../ocpp/version.ts';
import type { EnergyEvent } from '../../event.ts';
import { SessionEnergy } from '../../session-energy.ts';
import { powerPicture } from '../power-picture.ts';
import { sentenceText } from '../sentence.ts';
import { energyWhy } from '../why.ts';

/** A conversation of one station, written message by message; times are minutes after 12:00 of 2026-05-04 in UTC. */
export class Talk {
  readonly energy = new SessionEnergy(() => 0);
  readonly version: OcppVersion;
  #entry = 0;

  constructor(version: OcppVersion = '2.1') {
    this.version = version;
  }

  /** The station says something. */
  tell(minute: number, action: string, request: JsonObject, response: JsonObject = {}): number {
    return this.#exchange(minute, action, 'to-csms', request, response);
  }

  /** The CSMS asks for something. */
  ask(minute: number, action: string, request: JsonObject, response: JsonObject = { status: 'Accepted' }): number {
    return this.#exchange(minute, action, 'to-station', request, response);
  }

  #exchange(
    minute: number,
    action: string,
    direction: 'to-csms' | 'to-station',
    request: JsonObject,
    response: JsonObject,
  ): number {
    const common = { station: 'CS', version: this.version, action, direction, request };
    const requestEntry = ++this.#entry;
    const entry = ++this.#entry;
    const [requestAt, answeredAt] = [at(minute), at(minute)];
    this.#take({ ...common, kind: 'request', entry: requestEntry, at: requestAt });
    this.#take({ ...common, kind: 'answer', entry, at: answeredAt, requestEntry, requestAt, response });
    return requestEntry;
  }

  #take(event: EnergyEvent): void {
    this.energy.take(event);
  }

  /** The station is not connected for a while. */
  offline(from: number, to: number): void {
    this.#take({ station: 'CS', kind: 'disconnected', entry: ++this.#entry, at: at(from) });
    this.#take({ station: 'CS', kind: 'connected', entry: ++this.#entry, at: at(to) });
  }

  /** A transaction of 2.x that charges from a minute on. */
  begin(minute: number, id = 'tx', more: JsonObject = {}, evseId = 1): number {
    return this.#transaction(minute, id, 'Started', { chargingState: 'Charging', ...more }, evseId);
  }

  end(minute: number, id = 'tx', evseId = 1): number {
    return this.#transaction(minute, id, 'Ended', {}, evseId);
  }

  #transaction(minute: number, id: string, eventType: string, more: JsonObject, evseId: number): number {
    const transactionInfo = { transactionId: id, ...more };
    const request = { eventType, timestamp: iso(minute), transactionInfo, evse: { id: evseId }, seqNo: minute };
    return this.tell(minute, 'TransactionEvent', request);
  }

  /** Sets an absolute profile of 2.x from 12:00 on, with its periods as minutes and values. */
  profile(
    minute: number,
    id: number,
    chargingProfilePurpose: string,
    periods: readonly (readonly [minute: number, values: JsonObject])[],
    {
      evseId = 1,
      stackLevel = 0,
      unit = 'W',
      ...more
    }: { evseId?: number; stackLevel?: number; unit?: string } & JsonObject = {},
  ): number {
    const transaction: JsonObject = chargingProfilePurpose === 'TxProfile' ? { transactionId: 'tx' } : {};
    return this.ask(minute, 'SetChargingProfile', {
      evseId,
      chargingProfile: {
        ...{ id, stackLevel, chargingProfilePurpose, chargingProfileKind: 'Absolute', ...transaction, ...more },
        chargingSchedule: [
          { id: 1, startSchedule: iso(0), chargingRateUnit: unit, chargingSchedulePeriod: periodsOf(periods) },
        ],
      },
    });
  }

  /** Answers GetCompositeSchedule with periods as minutes and values. */
  composite(
    minute: number,
    periods: readonly (readonly [minute: number, values: JsonObject])[],
    unit = 'W',
    evseId = 1,
    duration = 3600,
  ): number {
    const common = { duration, chargingRateUnit: unit, chargingSchedulePeriod: periodsOf(periods) };
    const is16 = this.version === '1.6';
    const response: JsonObject = is16
      ? { status: 'Accepted', connectorId: evseId, scheduleStart: iso(minute), chargingSchedule: common }
      : { status: 'Accepted', schedule: { evseId, scheduleStart: iso(minute), ...common } };
    const request = { [is16 ? 'connectorId' : 'evseId']: evseId, duration };
    return this.ask(minute, 'GetCompositeSchedule', request, response);
  }

  picture(from: number, to: number, unit: 'W' | 'A' = 'W', evseId = 1) {
    const picture = powerPicture(this.energy, {
      station: 'CS',
      evseId,
      from: at(from),
      to: at(to),
      points: 2000,
      unit,
    });
    if (!picture) throw new Error('Nothing is known of the station.');
    return picture;
  }

  /** A line of the picture as `minute value`. */
  line(id: string, from: number, to: number, unit: 'W' | 'A' = 'W', evseId = 1): readonly string[] {
    const line = this.picture(from, to, unit, evseId).lines.find((each) => each.id === id);
    return (line?.at ?? []).map((moment, index) => `${(moment - at(0)) / 60_000} ${line?.value[index] ?? 'none'}`);
  }

  differences(from: number, to: number, evseId = 1): readonly string[] {
    return this.picture(from, to, 'W', evseId).differences.map(({ sentence }) => sentenceText(sentence));
  }

  remarks(from = 0, to = 60): readonly string[] {
    return this.picture(from, to).remarks.map(({ sentence }) => sentenceText(sentence));
  }

  why(minute: number, unit: 'W' | 'A' = 'W'): readonly string[] {
    const answer = energyWhy(this.energy, { station: 'CS', evseId: 1, at: at(minute), unit });
    return (answer?.parts ?? []).flatMap(({ sentences }) => sentences.map(sentenceText));
  }
}

/** Milliseconds since 1970 at minutes after 12:00. */
export function at(minute: number): number {
  return Date.UTC(2026, 4, 4, 12) + Math.round(minute * 60_000);
}

/** ISO 8601 at minutes after 12:00. */
export function iso(minute: number): string {
  return new Date(at(minute)).toISOString();
}

function periodsOf(periods: readonly (readonly [minute: number, values: JsonObject])[]): readonly JsonObject[] {
  return periods.map(([minute, values]) => ({ startPeriod: Math.round(minute * 60), ...values }));
}
