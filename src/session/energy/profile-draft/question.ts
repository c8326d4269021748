import type { JsonValue } from '../../../ocpp/json.ts';
import type { Interval, ScheduleContext } from '../../../ocpp/schedule/context.ts';
import type { RateUnit } from '../../../ocpp/schedule/profile.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';
import type { SessionEnergy } from '../session-energy.ts';
import type { StationEnergy } from '../station-energy.ts';
import { electricsOf } from './electrics.ts';
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
  const electrics = electricsOf(known, shownEvseId);
  const ongoing = known.transactions.all.filter(({ endedAt }) => endedAt === null);
  const transaction = ongoing.findLast((each) => each.evseId === shownEvseId);
  const priority = known.device.value({ component: 'SmartChargingCtrlr', variable: 'SetpointPriority' })?.value;
  const context: ScheduleContext = {
    evseId: shownEvseId,
    unit,
    ...electrics,
    ...(transaction ? { transaction: { id: transaction.id, start: transaction.startedAt } } : {}),
    offsetAt: (instant) => known.offsetAt(instant),
    offline: known.offline,
    priorityCharging: topics.charging.priority.on(shownEvseId, known),
    setpointPriority: priority === 'CSMS' ? 'CSMS' : 'ExternalSystem',
  };
  const facts = {
    at,
    limits: draftLimits(known.device, version, evseId),
    ongoing: ongoing.slice(-ONGOING_MAX).map(({ id, evseId: of, startedAt }) => ({ id, evseId: of, startedAt })),
    electrics,
  };
  const installed = topics.charging.history.current;
  return draftPicture({ version, installed, context, facts }, { evseId, profile: asked.profile, from, to });
}
