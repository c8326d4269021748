import type { JsonObject } from '../../../ocpp/json.ts';
import { parseProfile } from '../../../ocpp/schedule/parse-profile.ts';
import { plain } from '../../words.ts';
import type { EnergyRequest } from '../event.ts';
import { booleanOf, evseOf, objectOf, objectsOf, textOf } from '../event-fields.ts';
import type { InstalledHistory } from './installed-history.ts';
import type { Remarks } from './remarks.ts';
import { linked } from './sentence.ts';

/** A limit of which the station did not say how much it is. */
export interface UntoldLimit {
  readonly limitSource: string;
  readonly evseId: number;
  readonly from: number;
  readonly entry: number;
  /** Infinite as long as it holds. */
  to: number;
}

const UNTOLD_MAX = 10_000;
/** Ids of what came without one; no CSMS chooses these. */
const FIRST_ID = -1_000_000_000;

/** Limits and local generation that came from others than the CSMS, as far as the station told (K11 to K13, K27). */
export class ExternalLimits {
  readonly untold: UntoldLimit[] = [];
  readonly #history: InstalledHistory;
  readonly #remarks: Remarks;
  #nextId = FIRST_ID;

  constructor(history: InstalledHistory, remarks: Remarks) {
    this.#history = history;
    this.#remarks = remarks;
  }

  /** Takes NotifyChargingLimit: what a source says takes the place of what it said before of the same EVSE. */
  notify({ request, version, at, entry }: EnergyRequest): void {
    const limit = objectOf(request, 'chargingLimit');
    const limitSource = textOf(limit, 'chargingLimitSource');
    if (limitSource === undefined) return;
    const evseId = evseOf(request, 'evseId') ?? 0;
    const isGeneration = booleanOf(limit, 'isLocalGeneration') === true;
    const purpose = isGeneration ? 'LocalGeneration' : 'ChargingStationExternalConstraints';
    this.#end(
      limitSource,
      at,
      entry,
      'replaced',
      (profile) => profile.evseId === evseId && profile.purpose === purpose,
    );
    const schedules = objectsOf(request, 'chargingSchedule');
    if (schedules.length === 0) {
      if (this.untold.length < UNTOLD_MAX) {
        this.untold.push({ limitSource, evseId, from: at, to: Number.POSITIVE_INFINITY, entry });
      }
      const place = evseId === 0 ? 'the station' : `EVSE ${evseId}`;
      this.#remarks.add('untold-limit', at, entry, [
        linked(`${plain(limitSource, 20)} limits ${place}`, entry),
        ', but the station did not say to how much: what is calculated may be too high (EnableNotifyChargingLimitWithSchedules).',
      ]);
    }
    for (const [index, schedule] of schedules.entries()) {
      const profile = parseProfile(payloadOf(schedule, this.#nextId++, purpose, at), {
        version,
        source: entry,
        evseId,
        receivedAt: at,
      });
      if (profile.ok) {
        const value = { ...profile.value, limitSource: `${limitSource} ${index}` };
        this.#history.install(value, at, entry, { by: 'external', limitSource, reported: false });
      } else {
        this.#remarks.add('unreadable', at, entry, [
          linked('A limit of an external source', entry),
          ` cannot be calculated with: ${profile.error.sentence}`,
        ]);
      }
    }
  }

  /** Takes ClearedChargingLimit: without an EVSE everything of the source is released. */
  cleared({ request, at, entry }: EnergyRequest): void {
    const limitSource = textOf(request, 'chargingLimitSource');
    if (limitSource === undefined) return;
    const evseId = evseOf(request, 'evseId');
    this.#end(limitSource, at, entry, 'limit cleared', (profile) => evseId === undefined || profile.evseId === evseId);
  }

  #end(
    limitSource: string,
    at: number,
    entry: number,
    why: 'replaced' | 'limit cleared',
    which: (profile: { readonly evseId: number; readonly purpose: string }) => boolean,
  ): void {
    const gone = this.#history.current.filter((profile) => {
      const origin = this.#history.currentInstallation(profile)?.origin;
      return origin?.by === 'external' && origin.limitSource === limitSource && which(profile);
    });
    this.#history.remove(gone, at, entry, why);
    for (const each of this.untold) {
      const { evseId } = each;
      if (
        each.to > at &&
        each.limitSource === limitSource &&
        which({ evseId, purpose: 'ChargingStationExternalConstraints' })
      )
        each.to = at;
    }
  }
}

/** A profile as the station would report it: it acts from now on where the schedule does not say when. */
function payloadOf(schedule: JsonObject, id: number, chargingProfilePurpose: string, at: number): JsonObject {
  const startSchedule = schedule.startSchedule ?? new Date(at).toISOString();
  return {
    id,
    stackLevel: 0,
    chargingProfilePurpose,
    chargingProfileKind: 'Absolute',
    chargingSchedule: [{ ...schedule, startSchedule }],
  };
}
