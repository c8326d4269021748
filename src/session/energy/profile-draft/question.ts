import type { JsonValue } from '../../../ocpp/json.ts';
import type { Interval } from '../../../ocpp/schedule/context.ts';
import type { RateUnit } from '../../../ocpp/schedule/profile.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';
import { chargingView, contextOf } from '../charging/charging-context.ts';
import type { SessionEnergy } from '../session-energy.ts';
import type { StationEnergy } from '../station-energy.ts';
import { draftLimits } from './limits.ts';
import { type DraftPicture, draftPicture } from './picture.ts';

/** What the editor asks of a station. */
export interface DraftAsked extends Interval {
  readonly station: string;
  /** Of the request that is drawn. */
  readonly version: OcppVersion;
  /** For which EVSE (connector) the profile is. */
  readonly evseId: number;
  /** Whose composite schedule is shown. */
  readonly shownEvseId: number;
  /** `csChargingProfiles` or `chargingProfile`; null asks only for what is there. */
  readonly profile: JsonValue;
  readonly unit: RateUnit;
  /** Now, or the end of what a file has. */
  readonly at: number;
}

/** Transactions that go on of which a picture tells at most. */
const ONGOING_MAX = 200;

/** What a draft would do to a station; null for a station of which nothing is known. */
export function energyDraft(energy: SessionEnergy, asked: DraftAsked): DraftPicture | null {
  const station = energy.station(asked.station);
  return station ? pictureOf(station, asked) : null;
}

function pictureOf({ known, topics }: StationEnergy, asked: DraftAsked): DraftPicture {
  const { version, evseId, shownEvseId, unit, at, from, to } = asked;
  const { charging, metering } = topics;
  const view = chargingView(charging, known, { metered: metering.series() }, { evseId: shownEvseId, unit, from, to });
  const { current, voltage } = view.supply;
  const { history } = charging;
  const installed = history.current;
  const installations = installed.flatMap((profile) => history.currentInstallation(profile) ?? []);
  // What goes on now goes on in what is planned.
  const context = contextOf(view, installations, { from: at, to: Math.max(to, at + 1) });
  const ongoing = known.transactions.all.filter(({ endedAt }) => endedAt === null);
  const facts = {
    at,
    limits: draftLimits(known.device, version, evseId),
    ongoing: ongoing.slice(-ONGOING_MAX).map(({ id, evseId: of, startedAt }) => ({ id, evseId: of, startedAt })),
    electrics: { current, voltage },
  };
  return draftPicture({ version, installed, context, facts }, { evseId, profile: asked.profile, from, to });
}
