import type { JsonObject } from '../../../ocpp/json.ts';
import type { ResponseOf } from '../../../ocpp/messages.ts';
import { parseClearCriteria } from '../../../ocpp/schedule/installed.ts';
import { parseProfile } from '../../../ocpp/schedule/parse-profile.ts';
import type { ChargingProfile } from '../../../ocpp/schedule/profile.ts';
import { answerComposite } from '../composite-answer.ts';
import { profileFault } from '../profile-faults.ts';
import { reply } from '../reply.ts';
import type { StationCore } from '../station-core.ts';
import type { Handlers16 } from './station-1.6.ts';

/** Profile "SmartCharging" of 1.6. */
export const SMART_CHARGING: Handlers16<'ClearChargingProfile' | 'GetCompositeSchedule' | 'SetChargingProfile'> = {
  ClearChargingProfile(request, { core }) {
    const criteria = parseClearCriteria(request as JsonObject, '1.6');
    const cleared = criteria.ok ? core.profiles.clear(criteria.value) : 0;
    return reply({ status: cleared > 0 ? 'Accepted' : 'Unknown' });
  },

  GetCompositeSchedule({ connectorId, duration, chargingRateUnit = 'W' }, { core }) {
    if (connectorId !== 0 && !core.evse(connectorId)) return reply({ status: 'Rejected' });
    const answer = answerComposite(core, { evseId: connectorId, duration, unit: chargingRateUnit });
    return reply(answer as ResponseOf<'1.6', 'GetCompositeSchedule'>);
  },

  SetChargingProfile({ connectorId, csChargingProfiles }, { core, speaker }) {
    const evse = core.evse(connectorId);
    const profile = profileOf(core, csChargingProfiles as JsonObject, connectorId);
    if ((connectorId !== 0 && !evse) || !profile) return reply({ status: 'Rejected' });
    if (profile.purpose !== 'TxProfile') return install(profile);
    // 5.16: a TxProfile belongs to a transaction that is running on that connector.
    const transaction = evse?.transaction;
    const named = profile.transactionId;
    if (!transaction || (named !== undefined && named !== String(speaker.idOf(transaction)))) {
      return reply({ status: 'Rejected' });
    }
    return install({ ...profile, transactionId: transaction.id });

    function install(one: ChargingProfile) {
      const installed = core.profiles.install(one, csChargingProfiles as JsonObject);
      return reply({ status: installed ? ('Accepted' as const) : ('Rejected' as const) });
    }
  },
};

/** A charging profile of 1.6 (7.8) that the station follows; undefined for one that it does not. */
export function profileOf(core: StationCore, payload: JsonObject, evseId: number): ChargingProfile | undefined {
  const arrival = { version: '1.6', source: core.profiles.newSource(), evseId, receivedAt: core.now() } as const;
  const parsed = parseProfile(payload, arrival);
  return parsed.ok && !profileFault(parsed.value, '1.6', 1) ? parsed.value : undefined;
}
