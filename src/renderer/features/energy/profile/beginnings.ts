import { isJsonObject, type JsonObject, type JsonValue } from '../../../../ocpp/json.ts';
import type { RateUnit } from '../../../../ocpp/schedule/profile.ts';
import { blankDraft, type ProfileDraft } from '../../../../session/energy/profile-draft/draft.ts';
import type { DraftFacts, InstalledSummary } from '../../../../session/energy/profile-draft/facts.ts';
import { fromPayload, fromProfile } from '../../../../session/energy/profile-draft/payload.ts';
import { failure, type Outcome } from '../../../../session/outcome.ts';
import type { EntryDetail } from '../../../../session/timeline.ts';

/** Half of a usual connection, to be drawn up or down. */
const LIMIT: Record<RateUnit, number> = { A: 16, W: 11_000 };
const QUARTER = 900_000;

/** A new profile that the station is likely to take: of the transaction that goes on, else a default above the others. */
export function newDraft(facts: DraftFacts, evseId: number | null): ProfileDraft {
  const { installed, limits, ongoing, at } = facts;
  const unit: RateUnit = limits.rateUnits?.value.includes('W') === false ? 'A' : limits.rateUnits ? 'W' : 'A';
  const transaction = ongoing.findLast((each) => evseId === null || each.evseId === evseId);
  const purpose = transaction ? 'TxProfile' : 'TxDefaultProfile';
  const highest = Math.max(limits.maxExternalConstraintsId?.value ?? 0, ...installed.map(({ id }) => id), 0);
  const levels = installed.filter((each) => each.purpose === purpose).map(({ stackLevel }) => stackLevel);
  return {
    ...blankDraft({
      evseId: transaction?.evseId ?? evseId ?? 1,
      id: highest + 1,
      unit,
      start: Math.floor(at / QUARTER) * QUARTER,
      limit: LIMIT[unit],
    }),
    purpose,
    stackLevel: levels.length === 0 ? 0 : Math.max(...levels) + 1,
    ...(transaction ? { transactionId: transaction.id } : {}),
  };
}

/** The draft of an installed profile, out of the message that brought it. */
export function draftOfInstalled(
  entry: EntryDetail | null,
  { id, evseId, version }: Pick<InstalledSummary, 'id' | 'evseId' | 'version'>,
): Outcome<ProfileDraft> {
  const payload = entry === null ? undefined : payloadOf(entry.text);
  if (!payload) return failure('no-message', 'The message that brought it cannot be read.');
  const own = fromPayload(payload, version);
  if (own.ok) return own;
  // A remote start has one profile, a report of the station a list of them.
  const held = payload.chargingProfile;
  const profiles: readonly JsonValue[] = Array.isArray(held) ? (held as readonly JsonValue[]) : held ? [held] : [];
  const name = version === '1.6' ? 'chargingProfileId' : 'id';
  const profile = profiles.find((each): each is JsonObject => isJsonObject(each) && each[name] === id);
  return profile
    ? fromProfile(profile, evseId, version)
    : failure('no-profile', 'The message that it is known by does not carry all of it.');
}

function payloadOf(text: string | undefined): JsonObject | undefined {
  try {
    const frame: unknown = JSON.parse(text ?? '');
    const payload = Array.isArray(frame) ? frame[3] : undefined;
    return isJsonObject(payload) ? payload : undefined;
  } catch {
    return undefined;
  }
}
