import type { JsonObject } from '../../../ocpp/json.ts';
import type { RequestOf, ResponseOf } from '../../../ocpp/messages.ts';
import { parseClearCriteria } from '../../../ocpp/schedule/installed.ts';
import type { ChargingProfile } from '../../../ocpp/schedule/profile.ts';
import { answerComposite } from '../composite-answer.ts';
import { type Reply, reply } from '../reply.ts';
import { readProfile } from './charging-profile.ts';
import { chooseSchedule, controlModeOf, SCHEDULES_MAX } from './smart-charging/ev-schedule.ts';
import { EXTERNAL_SOURCE } from './smart-charging/external-source.ts';
import { hasPriorityProfile } from './smart-charging/priority-profile.ts';
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

  SetChargingProfile({ evseId, chargingProfile }, { core, model }): Reply<ResponseOf<'2.0.1', 'SetChargingProfile'>> {
    const rejected = (reasonCode: string, info?: string) =>
      reply({ status: 'Rejected' as const, ...because(reasonCode, info) });
    const evse = core.evse(evseId);
    // K01.FR.28.
    if (evseId !== 0 && !evse) return rejected('UnknownEvse');
    const scheduled = controlModeOf(core.version, evseId) === 'ScheduledControl';
    const choices = scheduled && model.text('ISO15118Ctrlr', 'Enabled') === 'true' ? SCHEDULES_MAX : 1;
    const { profile, refused } = { profile: undefined, ...readProfile(core, chargingProfile, evseId, choices) };
    if (!profile) return rejected(refused?.reasonCode ?? 'InvalidProfile', refused?.additionalInfo);
    // K01.FR.03, FR.09, FR.33.
    if (profile.purpose === 'TxProfile') {
      if (profile.transactionId === undefined) return rejected('MissingParam', 'transactionId');
      if (evse?.transaction?.id !== profile.transactionId) return rejected('TxNotFound');
    }
    if (core.profiles.rival(profile)) return rejected('DuplicateProfile');
    if (!core.profiles.install(profile, chargingProfile as JsonObject)) return rejected('TooManyElements');
    if (evse && profile.purpose === 'TxProfile') evse.scheduleIndex = undefined;
    return reply({ status: 'Accepted' }, () => {
      if (evse?.transaction && profile.schedules.length > 1) chooseSchedule(core, evse, profile);
    });
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
    // K21.FR.01.
    if (activate && !hasPriorityProfile(core, evse.id)) return reply({ status: 'NoProfile', ...because('NotFound') });
    const changed = activate !== (evse.priority !== undefined);
    evse.priority = activate ? (evse.priority ?? core.now()) : undefined;
    // K21.FR.05, FR.08.
    return reply({ status: 'Accepted' }, () => {
      if (changed) void speaker.call21('NotifyPriorityCharging', { transactionId, activated: activate });
    });
  },
};

/** Who set a profile (K09). */
function sourceOf({ purpose }: ChargingProfile): string {
  return purpose === 'ChargingStationExternalConstraints' ? EXTERNAL_SOURCE : 'CSO';
}

function matches(
  profile: ChargingProfile,
  wanted: RequestOf<'2.1', 'GetChargingProfiles'>['chargingProfile'],
): boolean {
  const { chargingProfileId, chargingProfilePurpose, stackLevel, chargingLimitSource } = wanted;
  const sources: readonly string[] | undefined = chargingLimitSource;
  return (
    (chargingProfileId?.includes(profile.id) ?? true) &&
    (chargingProfilePurpose ?? profile.purpose) === profile.purpose &&
    (stackLevel ?? profile.stackLevel) === profile.stackLevel &&
    (sources?.includes(sourceOf(profile)) ?? true)
  );
}

type Report = RequestOf<'2.0.1', 'ReportChargingProfiles'>;

/** One message for each EVSE that has profiles, and each source (K09.FR.02). */
function reportProfiles({ core, speaker }: Station2, requestId: number, profiles: readonly ChargingProfile[]): void {
  const groups = new Map<string, ChargingProfile[]>();
  for (const profile of profiles) {
    const key = `${profile.evseId} ${sourceOf(profile)}`;
    groups.set(key, [...(groups.get(key) ?? []), profile]);
  }
  for (const [at, group] of [...groups.values()].entries()) {
    const [first] = group;
    if (!first) continue;
    // As received, and so valid in the version in which it was; one set with the start has its transaction by now.
    const chargingProfile = group.map((profile) => {
      const payload = core.profiles.payloadOf(profile);
      const { transactionId } = profile;
      return transactionId === undefined ? payload : { ...payload, transactionId };
    });
    void speaker.call('ReportChargingProfiles', {
      requestId,
      chargingLimitSource: sourceOf(first) as Report['chargingLimitSource'],
      evseId: first.evseId,
      tbc: at < groups.size - 1,
      chargingProfile: chargingProfile as unknown as Report['chargingProfile'],
    });
  }
}
