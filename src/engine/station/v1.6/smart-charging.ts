import { reply } from '../reply.ts';
import { PURPOSE, profileOf, refusal } from './charging-profile-1.6.ts';
import type { Handlers16 } from './station-1.6.ts';

/** Profile "SmartCharging" of 1.6. */
export const SMART_CHARGING: Handlers16<'ClearChargingProfile' | 'GetCompositeSchedule' | 'SetChargingProfile'> = {
  ClearChargingProfile({ id, connectorId, chargingProfilePurpose, stackLevel }, { core }) {
    const purpose = chargingProfilePurpose && PURPOSE[chargingProfilePurpose];
    // 5.5: an id names one profile alone; otherwise every given criterion must hold.
    const removed = core.profiles.remove((profile) =>
      id === undefined
        ? (connectorId ?? profile.evse) === profile.evse &&
          (purpose ?? profile.purpose) === profile.purpose &&
          (stackLevel ?? profile.stackLevel) === profile.stackLevel
        : profile.id === id,
    );
    return reply({ status: removed > 0 ? 'Accepted' : 'Unknown' });
  },

  /** The station follows its profiles from moment to moment and computes no schedule ahead. */
  GetCompositeSchedule: () => reply({ status: 'Rejected' }),

  SetChargingProfile({ connectorId, csChargingProfiles }, { core, speaker }) {
    const evse = core.evse(connectorId);
    const profile = profileOf(csChargingProfiles, connectorId);
    if ((connectorId !== 0 && !evse) || refusal(profile)) return reply({ status: 'Rejected' });
    if (profile.purpose !== 'tx') return install(profile);
    // 5.16: a TxProfile belongs to a transaction that is running on that connector.
    const transaction = evse?.transaction;
    const named = profile.transaction;
    if (!transaction || (named !== undefined && named !== String(speaker.idOf(transaction)))) {
      return reply({ status: 'Rejected' });
    }
    return install({ ...profile, transaction: transaction.id });

    function install(one: typeof profile) {
      // 5.16: it takes the place of one with its id, or with its stack level and purpose.
      const rival = core.profiles.rival({ ...one, validFrom: undefined, validTo: undefined });
      if (rival) core.profiles.remove(({ id }) => id === rival.id);
      return reply({ status: core.profiles.install(one) ? ('Accepted' as const) : ('Rejected' as const) });
    }
  },
};
