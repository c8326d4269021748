import type { JsonObject } from '../../../ocpp/json.ts';
import { parseProfile } from '../../../ocpp/schedule/parse-profile.ts';
import type { ChargingProfile, RateUnit } from '../../../ocpp/schedule/profile.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';
import type { EnergyAnswer } from '../event.ts';
import { evseOf, objectOf, textOf } from '../event-fields.ts';

/** A composite schedule as a station reported it. */
export interface ReportedComposite {
  readonly version: OcppVersion;
  readonly evseId: number;
  readonly unit: RateUnit;
  readonly from: number;
  readonly to: number;
  /** Its periods, as a profile to calculate with. */
  readonly profile: ChargingProfile;
  readonly entry: number;
  readonly requestEntry: number;
  /** When it was asked for: what it follows from is what was installed by then. */
  readonly askedAt: number;
  readonly answeredAt: number;
}

/** A report is looked at for so long, in seconds; any number may stand in it. */
const DURATION_MAX = 400 * 86_400;

/** What an answer to GetCompositeSchedule reports; a sentence where it cannot be read; undefined where it has none. */
export function reportedComposite(answer: EnergyAnswer): ReportedComposite | string | undefined {
  const { response, request, version, entry } = answer;
  if (textOf(response, 'status') !== 'Accepted') return undefined;
  const is16 = version === '1.6';
  const holder = objectOf(response, is16 ? 'chargingSchedule' : 'schedule');
  if (holder === undefined) return undefined;
  const asked = evseOf(request, is16 ? 'connectorId' : 'evseId');
  const evseId = evseOf(is16 ? response : holder, is16 ? 'connectorId' : 'evseId') ?? asked ?? 0;
  const start = is16 ? (response.scheduleStart ?? holder.startSchedule) : holder.scheduleStart;
  const schedule: JsonObject = {
    ...holder,
    duration: holder.duration ?? request.duration ?? 86_400,
    startSchedule: start ?? new Date(answer.requestAt).toISOString(),
  };
  const kind = { stackLevel: 0, chargingProfilePurpose: 'TxDefaultProfile', chargingProfileKind: 'Absolute' };
  const payload: JsonObject = is16
    ? { ...kind, chargingProfileId: 0, chargingSchedule: schedule }
    : { ...kind, id: 0, chargingSchedule: [schedule] };
  const parsed = parseProfile(payload, { version, source: entry, evseId, receivedAt: answer.at });
  if (!parsed.ok) return parsed.error.sentence;
  const [read] = parsed.value.schedules;
  if (!read?.start) return 'It does not say when it starts.';
  const from = read.start.milliseconds;
  const to = from + Math.min(read.duration ?? 0, DURATION_MAX) * 1000;
  if (!(from < to)) return undefined;
  return {
    version,
    evseId,
    unit: read.unit,
    from,
    to,
    profile: parsed.value,
    entry,
    requestEntry: answer.requestEntry,
    askedAt: answer.requestAt,
    answeredAt: answer.at,
  };
}
