import type { ChargingProfile, Purpose } from '../../../ocpp/schedule/profile.ts';
import { plain } from '../../words.ts';
import type { InstallationOrigin } from './installation.ts';
import { linked, type Sentence, type SentencePart } from './sentence.ts';

/** Purposes under the names of the version, so that they are found in its specification. */
export function purposeWords(purpose: Purpose, version: ChargingProfile['version']): string {
  return version === '1.6' && purpose === 'ChargingStationMaxProfile' ? 'ChargePointMaxProfile' : purpose;
}

/** `profile 3`, or `limit of EMS` for what came without an id. */
export function profileName(profile: Pick<ChargingProfile, 'id'>, origin: InstallationOrigin | undefined): string {
  if (origin?.by !== 'external') return `profile ${profile.id}`;
  const source = plain(origin.limitSource, 20);
  return origin.reported ? `profile ${profile.id} of ${source}` : `limit of ${source}`;
}

/** `profile 3` with its link, and `TxProfile, stack level 1` in brackets. */
export function profileWords(profile: ChargingProfile, origin: InstallationOrigin | undefined): Sentence {
  const name: SentencePart = linked(profileName(profile, origin), entryOf(profile));
  return [name, ` (${profileKind(profile, origin)})`];
}

/** `TxProfile, stack level 1`, with the EVSE where it is the whole station's. */
export function profileKind(profile: ChargingProfile, origin: InstallationOrigin | undefined): string {
  const purpose = purposeWords(profile.purpose, profile.version);
  const level = origin?.by === 'external' && !origin.reported ? '' : `, stack level ${profile.stackLevel}`;
  return `${purpose}${level}`;
}

/** Number of the entry that brought a profile; 0 where there is none. */
export function entryOf(profile: ChargingProfile): number {
  return typeof profile.source === 'number' ? profile.source : 0;
}

/** The first letter as a sentence begins with it. */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
