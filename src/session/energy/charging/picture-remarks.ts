import type { Interval } from '../../../ocpp/schedule/context.ts';
import { type CalculatedPiece, installationOf } from './calculated.ts';
import type { ChargingView } from './charging-context.ts';
import { capital, profileName } from './profile-words.ts';
import { type ChargingRemark, linked } from './sentence.ts';

const REMARKS_MAX = 200;

/** What a person should know before believing the picture of a range, the general before the particular. */
export function remarksFor(
  view: ChargingView,
  { from, to }: Interval,
  pieces: readonly CalculatedPiece[],
  cut: boolean,
): readonly ChargingRemark[] {
  const { charging, supply, unit, known } = view;
  const remarks: ChargingRemark[] = [];
  const add = (kind: string, sentence: ChargingRemark['sentence'], entry = 0) =>
    remarks.push({ kind, sentence, entry, at: from });
  if (charging.reports.completeFrom > from) {
    const ask = known.version === '1.6' ? '1.6 has no message that asks for them' : 'GetChargingProfiles asks for them';
    add('earlier-profiles', [`Profiles that the station had before this session are not known; ${ask}.`]);
  }
  const converted = pieces.some((piece) => piece.applied.some(({ schedule }) => schedule.unit !== unit));
  if (converted) {
    add(supply.assumed ? 'assumed-voltage' : 'voltage', [
      'Between W and A is converted with ',
      ...supply.sentence,
      '.',
    ]);
  }
  const choosing = pieces.find(
    (piece) =>
      piece.context.scheduleIndex === undefined && piece.applied.some(({ profile }) => profile.schedules.length > 1),
  );
  const several = choosing?.applied.find(({ profile }) => profile.schedules.length > 1)?.profile;
  if (choosing && several) {
    const installed = installationOf(choosing.profiles, several);
    add('schedule-unknown', [
      linked(capital(profileName(several, installed?.origin)), installed?.entry ?? 0),
      ` has ${several.schedules.length} schedules, and the EV did not say which one it follows: the first is shown.`,
    ]);
  }
  const delayed = pieces.flatMap(({ applied }) => applied).find(({ schedule }) => schedule.randomizedDelay > 0);
  if (delayed) {
    const seconds = delayed.schedule.randomizedDelay;
    add('randomized-delay', [
      linked(
        capital(profileName(delayed.profile, undefined)),
        typeof delayed.profile.source === 'number' ? delayed.profile.source : 0,
      ),
      ` lets periods begin up to ${seconds} s late by chance (randomizedDelay); they are shown without delay.`,
    ]);
  }
  if (cut) add('cut', ['The range has more changes than can be shown at once: zoom in to see its beginning.']);
  if (charging.history.forgotten > 0) {
    add('forgotten', [`${charging.history.forgotten} installations of long ago are no longer held.`]);
  }
  for (const { at, entry, sentence } of charging.remoteStarts.waiting()) {
    if (at < to) remarks.push({ kind: 'waiting', at, entry, sentence });
  }
  const told = charging.remarks.all.filter(({ at }) => at < to);
  if (charging.remarks.left > 0) add('left', [`${charging.remarks.left} more remarks are left out.`]);
  return [...remarks, ...told.slice(-REMARKS_MAX)];
}
