import { useMemo } from 'react';
import type { Arguments } from '../../../../bridge/contract.ts';
import { isJsonObject, type JsonObject } from '../../../../ocpp/json.ts';
import type { OcppVersion } from '../../../../ocpp/version.ts';
import type { ProfileDraft } from '../../../../session/energy/profile-draft/draft.ts';
import type { DraftFacts } from '../../../../session/energy/profile-draft/facts.ts';
import type { DraftPicture } from '../../../../session/energy/profile-draft/picture.ts';
import { anchorOf, leftOf, spanOf } from './anchor.ts';

/** Asked for before there is anything to draw, in milliseconds. */
const HOUR = 3_600_000;
/** Numbers of EVSEs that the engine takes. */
const EVSE_MAX = 10_000;

/** What the engine is asked of a draft, and where its drawing begins and ends. */
export function useAsked({
  station,
  evseId,
  draft,
  payload,
  version,
  schedule,
  now,
  span,
  from,
  latest,
}: {
  station: string | null;
  evseId: number | null;
  draft: ProfileDraft | undefined;
  payload: JsonObject;
  version: OcppVersion;
  schedule: number;
  now: number;
  span: number | null;
  from: number | null;
  /** What the engine said last, which knows the transactions and the time of the station. */
  latest: DraftPicture | null;
}): {
  readonly ask: Arguments<'energy.draft'> | null;
  readonly anchor: number;
  readonly offset: number;
  /** Seconds from the start at the left edge, and how many are shown. */
  readonly left: number;
  readonly seconds: number;
} {
  const facts: DraftFacts | null = latest?.facts ?? null;
  const offset = latest?.offsets[0]?.offset ?? 0;
  const anchor = draft ? anchorOf(draft, schedule, { at: now, offset, ongoing: facts?.ongoing ?? NONE }) : now;
  const seconds = span ?? (draft ? spanOf(draft, schedule) : 4 * 3600);
  const left = from ?? (draft ? leftOf(draft, schedule, { at: now, anchor, span: seconds }) : 0);
  const profile = payload.csChargingProfiles ?? payload.chargingProfile ?? null;
  const of = draft?.evseId ?? evseId ?? 0;
  const unit = draft?.schedules[schedule]?.unit ?? 'A';
  const ask = useMemo((): Arguments<'energy.draft'> | null => {
    if (station === null) return null;
    const inRange = Number.isInteger(of) && of >= 0 && of <= EVSE_MAX;
    return [
      {
        station,
        version,
        evseId: inRange ? of : 0,
        shownEvseId: shownEvse(draft, inRange ? of : 0, evseId),
        profile: isJsonObject(profile) ? (profile as never) : null,
        unit,
        at: now,
        from: anchor + left * 1000,
        to: draft ? anchor + (left + seconds) * 1000 : now + HOUR,
      },
    ];
  }, [station, version, of, draft, evseId, profile, unit, now, anchor, left, seconds]);
  return { ask, anchor, offset, left, seconds };
}

/** What is set for the whole station is shown where it counts: a default at an EVSE, a maximum at the station. */
function shownEvse(draft: ProfileDraft | undefined, of: number, chosen: number | null): number {
  if (of !== 0 || !draft) return of;
  const counts = draft.purpose === 'TxDefaultProfile' || draft.purpose === 'PriorityCharging';
  return counts ? chosen || 1 : 0;
}

const NONE: DraftFacts['ongoing'] = [];
