import type { ClearCriteria } from '../../../ocpp/schedule/installed.ts';
import { parseProfile } from '../../../ocpp/schedule/parse-profile.ts';
import { type ChargingProfile, PURPOSES, type Purpose } from '../../../ocpp/schedule/profile.ts';
import type { EnergyAnswer, EnergyRequest } from '../event.ts';
import { booleanOf, evseOf, integerOf, objectOf, objectsOf, textOf } from '../event-fields.ts';
import type { InstallationOrigin } from './installation.ts';
import type { InstalledHistory } from './installed-history.ts';
import { capital, entryOf, profileName } from './profile-words.ts';
import type { Remarks } from './remarks.ts';
import { differingFields } from './same-profile.ts';
import { linked } from './sentence.ts';

/** What GetChargingProfiles asked for. */
interface Asked extends Omit<ClearCriteria, 'id'> {
  readonly ids?: readonly number[];
  readonly limitSources?: readonly string[];
  readonly at: number;
  readonly reported: Set<number>;
}

const ASKED_MAX = 100;
/** What the CSMS itself sent, by its names in 2.0.1 and 2.1. */
const OWN_SOURCES = ['cso', 'csms'];

/** What the station says that it has (ReportChargingProfiles), set beside what is known to be installed. */
export class ProfileReports {
  /** Since when everything that is installed is known, as the station reported all of it; infinite without such a report. */
  completeFrom = Number.POSITIVE_INFINITY;
  readonly #history: InstalledHistory;
  readonly #remarks: Remarks;
  readonly #asked = new Map<number, Asked>();

  constructor(history: InstalledHistory, remarks: Remarks) {
    this.#history = history;
    this.#remarks = remarks;
  }

  /** Takes the answer to GetChargingProfiles: reports follow, or there is nothing to report. */
  takeAnswer({ request, response, requestAt, at, entry }: EnergyAnswer): void {
    const requestId = integerOf(request, 'requestId');
    const status = textOf(response, 'status');
    if (requestId === undefined || (status !== 'Accepted' && status !== 'NoProfiles')) return;
    const criteria = objectOf(request, 'chargingProfile');
    const purpose = textOf(criteria, 'chargingProfilePurpose');
    const ids = criteria?.chargingProfileId;
    const sources = criteria?.chargingLimitSource;
    const asked: Asked = {
      at: requestAt,
      evseId: evseOf(request, 'evseId'),
      purpose: PURPOSES.find((each): each is Purpose => each === purpose),
      stackLevel: integerOf(criteria, 'stackLevel'),
      ids: Array.isArray(ids) ? ids.filter((each) => typeof each === 'number') : undefined,
      // 2.0.1 asks for one source or several, too.
      limitSources:
        typeof sources === 'string'
          ? [sources]
          : Array.isArray(sources)
            ? sources.filter((each) => typeof each === 'string')
            : undefined,
      // A report may come before the answer is recorded.
      reported: this.#asked.get(requestId)?.reported ?? new Set(),
    };
    if (status === 'NoProfiles') {
      this.#finish(asked, at, entry);
      return;
    }
    this.#asked.set(requestId, asked);
    const [oldest] = this.#asked.keys();
    if (this.#asked.size > ASKED_MAX && oldest !== undefined) this.#asked.delete(oldest);
  }

  /** Takes a report. */
  take({ request, version, at, entry }: EnergyRequest): void {
    const evseId = evseOf(request, 'evseId') ?? 0;
    const limitSource = textOf(request, 'chargingLimitSource') ?? 'CSO';
    const requestId = integerOf(request, 'requestId') ?? -1;
    const asked = this.#asked.get(requestId);
    for (const payload of objectsOf(request, 'chargingProfile')) {
      const parsed = parseProfile(payload, { version, source: entry, evseId, receivedAt: at });
      if (!parsed.ok) {
        this.#remarks.add('unreadable', at, entry, [
          linked('A reported profile', entry),
          ` cannot be calculated with: ${parsed.error.sentence}`,
        ]);
        continue;
      }
      asked?.reported.add(parsed.value.id);
      this.#reported(parsed.value, limitSource);
    }
    if (!asked || booleanOf(request, 'tbc') === true) return;
    this.#asked.delete(requestId);
    this.#finish(asked, at, entry);
  }

  #reported(profile: ChargingProfile, limitSource: string): void {
    const { receivedAt: at, evseId, purpose } = profile;
    const entry = entryOf(profile);
    const isExternal = !OWN_SOURCES.includes(limitSource.toLowerCase());
    const origin: InstallationOrigin = isExternal ? { by: 'external', limitSource, reported: true } : { by: 'report' };
    const known = this.#history.current.find(
      (each) => each.id === profile.id && (each.purpose === purpose || !isExternal),
    );
    if (isExternal && !known) {
      // What NotifyChargingLimit told of it without an id.
      const told = this.#history.current.filter((each) => {
        const from = this.#history.currentInstallation(each)?.origin;
        const same = from?.by === 'external' && !from.reported && from.limitSource === limitSource;
        return same && each.evseId === evseId && each.purpose === purpose;
      });
      this.#history.remove(told, at, entry, 'replaced');
      this.#history.install(profile, at, entry, origin);
      return;
    }
    if (!known) {
      this.#remarks.add('unknown-profile', at, entry, [
        linked(capital(profileName(profile, origin)), entry),
        ' is on the station, but no message of this session brought it. It counts from this report on; since when the station has it is not known.',
      ]);
      this.#history.install(profile, at, entry, origin);
      return;
    }
    const fields = differingFields(known, profile);
    if (fields.length === 0) return;
    this.#remarks.add('other-profile', at, entry, [
      linked(`${capital(profileName(profile, origin))} as reported`, entry),
      ' differs from ',
      linked('what is known of it', entryOf(known)),
      `: ${fields.slice(0, 3).join(', ')}${fields.length > 3 ? ' and more' : ''}. What the station reported counts from here on.`,
    ]);
    this.#history.install({ ...profile, receivedAt: known.receivedAt }, at, entry, origin);
  }

  /** What was asked for, is known, and was not reported, is not there. */
  #finish(asked: Asked, at: number, entry: number): void {
    const missing = this.#history.current.filter((profile) => {
      const installation = this.#history.currentInstallation(profile);
      if (!installation || installation.origin.by === 'external' || installation.from > asked.at) return false;
      return wasAskedFor(profile, asked) && !asked.reported.has(profile.id);
    });
    for (const profile of missing) {
      const name = profileName(profile, undefined);
      this.#remarks.add('missing-profile', at, entry, [
        linked(capital(name), entryOf(profile)),
        ' was accepted, but is not among ',
        linked('what the station reports to have', entry),
        '. It does not count from here on.',
      ]);
    }
    this.#history.remove(missing, at, entry, 'not reported');
    const { evseId, purpose, stackLevel, ids, limitSources } = asked;
    const isAll = [evseId, purpose, stackLevel, ids, limitSources].every((each) => each === undefined);
    if (isAll) this.completeFrom = Math.min(this.completeFrom, at);
  }
}

function wasAskedFor(profile: ChargingProfile, asked: Asked): boolean {
  return (
    (asked.evseId === undefined || profile.evseId === asked.evseId) &&
    (asked.purpose === undefined || profile.purpose === asked.purpose) &&
    (asked.stackLevel === undefined || profile.stackLevel === asked.stackLevel) &&
    (asked.ids === undefined || asked.ids.includes(profile.id)) &&
    (asked.limitSources === undefined || asked.limitSources.some((each) => OWN_SOURCES.includes(each.toLowerCase())))
  );
}
