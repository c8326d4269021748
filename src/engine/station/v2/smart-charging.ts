import type { JsonObject } from '../../../ocpp/json.ts';
import type { RequestOf, ResponseOf } from '../../../ocpp/messages.ts';
import { parseClearCriteria } from '../../../ocpp/schedule/installed.ts';
import type { ChargingProfile } from '../../../ocpp/schedule/profile.ts';
import { answerComposite } from '../composite-answer.ts';
import { type Reply, reply } from '../reply.ts';
import { readProfile } from './charging-profile.ts';
import { because, type Common, type New21, type Station2 } from './station-2.ts';

/** Block K. */
export const SMART_CHARGING: Common<
  'ClearChargingProfile' | 'GetChargingProfiles' | 'GetCompositeSchedule' | 'SetChargingProfile'
> = {
  ClearChargingProfile(request, { core }) {
    const criteria = parseClearCriteria(request as JsonObject, core.version);
    const cleared = criteria.ok ? core.profiles.clear(criteria.value) : 0;
    return reply({ status: cleared > 0 ? 'Accepted' : 'Unknown' });
  },

  GetChargingProfiles({ requestId, evseId, chargingProfile: wanted }, station) {
    const found = station.core.profiles
      .list()
      .filter((profile) => (evseId ?? profile.evseId) === profile.evseId && matches(profile, wanted));
    if (found.length === 0) return reply({ status: 'NoProfiles' });
    return reply({ status: 'Accepted' }, () => reportProfiles(station, requestId, found));
  },

  GetCompositeSchedule({ evseId, duration, chargingRateUnit = 'W' }, { core }) {
    // K08.FR.05.
    if (evseId !== 0 && !core.evse(evseId)) return reply({ status: 'Rejected', ...because('UnknownEvse') });
    const answer = answerComposite(core, { evseId, duration, unit: chargingRateUnit });
    return reply(answer as ResponseOf<'2.0.1', 'GetCompositeSchedule'>);
  },

  SetChargingProfile({ evseId, chargingProfile }, { core }): Reply<ResponseOf<'2.0.1', 'SetChargingProfile'>> {
    const rejected = (reasonCode: string, info?: string) =>
      reply({ status: 'Rejected' as const, ...because(reasonCode, info) });
    const evse = core.evse(evseId);
    // K01.FR.28.
    if (evseId !== 0 && !evse) return rejected('UnknownEvse');
    const { profile, refused } = { profile: undefined, ...readProfile(core, chargingProfile, evseId) };
    if (!profile) return rejected(refused?.reasonCode ?? 'InvalidProfile', refused?.additionalInfo);
    // K01.FR.03, FR.09, FR.33.
    if (profile.purpose === 'TxProfile') {
      if (profile.transactionId === undefined) return rejected('MissingParam', 'transactionId');
      if (evse?.transaction?.id !== profile.transactionId) return rejected('TxNotFound');
    }
    if (core.profiles.rival(profile)) return rejected('DuplicateProfile');
    return core.profiles.install(profile, chargingProfile as JsonObject)
      ? reply({ status: 'Accepted' })
      : rejected('TooManyElements');
  },
};

/** Block K of 2.1. */
export const SMART_CHARGING_2_1: New21<'UpdateDynamicSchedule' | 'UsePriorityCharging'> = {
  UpdateDynamicSchedule({ chargingProfileId, scheduleUpdate }, { core }) {
    const updated = core.profiles.update(chargingProfileId, scheduleUpdate as JsonObject, core.now());
    // K28.FR.11.
    if (!updated.ok) return reply({ status: 'Rejected', ...because('InvalidProfile', updated.error.sentence) });
    return reply({ status: 'Accepted' });
  },

  UsePriorityCharging({ transactionId, activate }, { core, speaker }) {
    const evse = core.evses.find(({ transaction }) => transaction?.id === transactionId);
    // K21.FR.02.
    if (!evse) return reply({ status: 'Rejected', ...because('TxNotFound') });
    const has = core.profiles
      .list()
      .some(({ purpose, evseId }) => purpose === 'PriorityCharging' && (evseId === 0 || evseId === evse.id));
    // K21.FR.01.
    if (activate && !has) return reply({ status: 'NoProfile', ...because('NotFound') });
    const changed = activate !== (evse.priority !== undefined);
    evse.priority = activate ? (evse.priority ?? core.now()) : undefined;
    // K21.FR.05, FR.08.
    return reply({ status: 'Accepted' }, () => {
      if (changed) void speaker.call21('NotifyPriorityCharging', { transactionId, activated: activate });
    });
  },
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
    (chargingProfilePurpose ?? profile.purpose) === profile.purpose &&
    (stackLevel ?? profile.stackLevel) === profile.stackLevel &&
    (chargingLimitSource?.includes(CHARGING_LIMIT_SOURCE) ?? true)
  );
}

type Reported = RequestOf<'2.0.1', 'ReportChargingProfiles'>['chargingProfile'][number];

/** One message for each EVSE that has profiles (K09.FR.02). */
function reportProfiles({ core, speaker }: Station2, requestId: number, profiles: readonly ChargingProfile[]): void {
  const evses = [...new Set(profiles.map(({ evseId }) => evseId))];
  for (const [at, evseId] of evses.entries()) {
    void speaker.call('ReportChargingProfiles', {
      requestId,
      chargingLimitSource: CHARGING_LIMIT_SOURCE,
      evseId,
      tbc: at < evses.length - 1,
      // As received, and so valid in the version in which it was; one set with the start has its transaction by now.
      chargingProfile: profiles
        .filter((profile) => profile.evseId === evseId)
        .map((profile) => {
          const payload = core.profiles.payloadOf(profile);
          const { transactionId } = profile;
          return (transactionId === undefined ? payload : { ...payload, transactionId }) as Reported;
        }),
    });
  }
}
