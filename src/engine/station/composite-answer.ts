import type { JsonObject } from '../../ocpp/json.ts';
import { compositeAnswer } from '../../ocpp/schedule/answer.ts';
import { compositeSchedule } from '../../ocpp/schedule/composite.ts';
import type { RateUnit } from '../../ocpp/schedule/profile.ts';
import { stationSchedule, totalPiece } from '../../ocpp/schedule/station.ts';
import { scheduleContext } from './offer.ts';
import type { StationCore } from './station-core.ts';

/** What GetCompositeSchedule asks, in any version. */
export interface CompositeRequest {
  readonly evseId: number;
  /** Seconds. */
  readonly duration: number;
  readonly unit: RateUnit;
}

/** The answer to GetCompositeSchedule for an EVSE that is there, or for the station as a whole (K08, 1.6 5.7). */
export function answerComposite(core: StationCore, { evseId, duration, unit }: CompositeRequest): JsonObject {
  const at = core.now();
  const to = at + 1000 * duration;
  const context = scheduleContext(core, evseId, unit);
  const profiles = core.profiles.list();
  const { maxCurrent, nominalVoltage, phases } = core.hardware;
  const most = unit === 'A' ? maxCurrent : maxCurrent * nominalVoltage * phases;
  const question = { version: core.version, evseId, duration, unit, at };
  if (evseId !== 0) {
    return compositeAnswer(compositeSchedule(profiles, context, at, to), { ...question, unlimited: most });
  }
  const evses = core.evses.map(({ id }) => scheduleContext(core, id, unit));
  const pieces = stationSchedule(profiles, context, evses, at, to, { most }).map(totalPiece);
  return compositeAnswer(pieces, { ...question, unlimited: most * evses.length });
}
