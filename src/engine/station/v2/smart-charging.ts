import type { RequestOf, ResponseOf } from '../../../ocpp/messages.ts';
import type { ChargingProfile } from '../charging-profile.ts';
import { type Reply, reply } from '../reply.ts';
import { PURPOSE, profileOf } from './charging-profile-2.ts';
import { because, type Common, type New21, type Station2, UNSUPPORTED } from './station-2.ts';

/** Block K. */
export const SMART_CHARGING: Common<
  'ClearChargingProfile' | 'GetChargingProfiles' | 'GetCompositeSchedule' | 'SetChargingProfile'
> = {
  ClearChargingProfile({ chargingProfileId, chargingProfileCriteria = {} }, { core }) {
    const { evseId, chargingProfilePurpose, stackLevel } = chargingProfileCriteria;
    // K10.FR.03, FR.04: an id names one profile alone; otherwise every criterion must hold.
    const removed = core.profiles.remove((profile) =>
      chargingProfileId === undefined
        ? (evseId ?? profile.evse) === profile.evse &&
          (stackLevel ?? profile.stackLevel) === profile.stackLevel &&
          (chargingProfilePurpose === undefined || PURPOSE[chargingProfilePurpose] === profile.purpose)
        : profile.id === chargingProfileId,
    );
    return reply({ status: removed > 0 ? 'Accepted' : 'Unknown' });
  },

  GetChargingProfiles({ requestId, evseId, chargingProfile: wanted }, station) {
    const found = station.core.profiles
      .list()
      .filter((profile) => (evseId ?? profile.evse) === profile.evse && matches(profile, wanted));
    if (found.length === 0) return reply({ status: 'NoProfiles' });
    return reply({ status: 'Accepted' }, () => reportProfiles(station, requestId, found));
  },

  /** The station follows its profiles from moment to moment and computes no schedule ahead. */
  GetCompositeSchedule: () => reply({ status: 'Rejected', ...UNSUPPORTED }),

  SetChargingProfile({ evseId, chargingProfile }, { core }): Reply<ResponseOf<'2.0.1', 'SetChargingProfile'>> {
    const rejected = (reasonCode: string, info?: string) =>
      reply({ status: 'Rejected' as const, ...because(reasonCode, info) });
    const evse = core.evse(evseId);
    // K01.FR.28.
    if (evseId !== 0 && !evse) return rejected('UnknownEvse');
    const parsed = profileOf(chargingProfile, evseId);
    if (!parsed.ok) return rejected(parsed.reasonCode, parsed.additionalInfo);
    const { profile } = parsed;
    // K01.FR.03, FR.09, FR.33.
    if (profile.purpose === 'tx') {
      if (profile.transaction === undefined) return rejected('MissingParam', 'transactionId');
      if (evse?.transaction?.id !== profile.transaction) return rejected('TxNotFound');
    }
    if (core.profiles.rival(profile)) return rejected('DuplicateProfile');
    return core.profiles.install(profile) ? reply({ status: 'Accepted' }) : rejected('TooManyElements');
  },
};

/** Block K of 2.1: profiles of the kind Dynamic and of the purpose PriorityCharging are not taken, so none is there. */
export const SMART_CHARGING_2_1: New21<'UpdateDynamicSchedule' | 'UsePriorityCharging'> = {
  UpdateDynamicSchedule: () => reply({ status: 'Rejected', ...because('NotFound') }),
  UsePriorityCharging: () => reply({ status: 'NoProfile' }),
};

/** The source of every limit here (K09). */
const CHARGING_LIMIT_SOURCE = 'CSO';

function matches(
  profile: ChargingProfile,
  wanted: RequestOf<'2.1', 'GetChargingProfiles'>['chargingProfile'],
): boolean {
  const { chargingProfileId, chargingProfilePurpose, stackLevel, chargingLimitSource } = wanted;
  return (
    (chargingProfileId?.includes(profile.id) ?? true) &&
    (chargingProfilePurpose === undefined || PURPOSE[chargingProfilePurpose] === profile.purpose) &&
    (stackLevel ?? profile.stackLevel) === profile.stackLevel &&
    (chargingLimitSource?.includes(CHARGING_LIMIT_SOURCE) ?? true)
  );
}

type Reported = RequestOf<'2.0.1', 'ReportChargingProfiles'>['chargingProfile'][number];

/** One message for each EVSE that has profiles (K09.FR.02). */
function reportProfiles({ speaker }: Station2, requestId: number, profiles: readonly ChargingProfile[]): void {
  const evses = [...new Set(profiles.map(({ evse }) => evse))];
  for (const [at, evseId] of evses.entries()) {
    const ofEvse = profiles.filter(({ evse }) => evse === evseId);
    void speaker.call('ReportChargingProfiles', {
      requestId,
      chargingLimitSource: CHARGING_LIMIT_SOURCE,
      evseId,
      tbc: at < evses.length - 1,
      // As received, and so valid in the version in which it was; one set with the start has its transaction by now.
      chargingProfile: ofEvse.map(
        ({ source, transaction }) =>
          (transaction === undefined ? source : { ...source, transactionId: transaction }) as Reported,
      ),
    });
  }
}
