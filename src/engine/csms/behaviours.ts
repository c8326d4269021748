import type { JsonObject } from '../../ocpp/json.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import type { Behaviours, StationContext } from './behaviour.ts';
import { core as core16 } from './v1.6/core.ts';
import { firmwareManagement as firmwareManagement16 } from './v1.6/firmware-management.ts';
import { security as security16 } from './v1.6/security.ts';
import { authorization } from './v2/authorization.ts';
import { availability } from './v2/availability.ts';
import { certificateManagement } from './v2/certificate-management.ts';
import { dataTransfer } from './v2/data-transfer.ts';
import { diagnostics } from './v2/diagnostics.ts';
import { displayMessage } from './v2/display-message.ts';
import { firmwareManagement } from './v2/firmware-management.ts';
import { metering } from './v2/metering.ts';
import { provisioning } from './v2/provisioning.ts';
import { reservation } from './v2/reservation.ts';
import { security } from './v2/security.ts';
import { smartCharging } from './v2/smart-charging.ts';
import { transactions } from './v2/transactions.ts';
import { authorization as authorization21 } from './v2.1/authorization.ts';
import { batterySwapping as batterySwapping21 } from './v2.1/battery-swapping.ts';
import { certificateManagement as certificateManagement21 } from './v2.1/certificate-management.ts';
import { derControl as derControl21 } from './v2.1/der-control.ts';
import { diagnostics as diagnostics21 } from './v2.1/diagnostics.ts';
import { smartCharging as smartCharging21 } from './v2.1/smart-charging.ts';

const V1_6: Behaviours<'1.6'> = { ...core16, ...firmwareManagement16, ...security16 };

const V2_0_1 = {
  ...authorization,
  ...availability,
  ...certificateManagement,
  ...dataTransfer,
  ...diagnostics,
  ...displayMessage,
  ...firmwareManagement,
  ...metering,
  ...provisioning,
  ...reservation,
  ...security,
  ...smartCharging,
  ...transactions,
} satisfies Behaviours<'2.0.1'>;

/** 2.1 is 2.0.1 plus additions. */
const V2_1: Behaviours<'2.1'> = {
  ...V2_0_1,
  ...authorization21,
  ...batterySwapping21,
  ...certificateManagement21,
  ...derControl21,
  ...diagnostics21,
  ...smartCharging21,
};

/** What the CSMS does about each station-initiated action; one that is missing does not compile. */
export const BEHAVIOURS: { readonly [V in OcppVersion]: Behaviours<V> } = { '1.6': V1_6, '2.0.1': V2_0_1, '2.1': V2_1 };

/**
 * The answer to a station's request. Its payload must have passed the schema of its action; undefined where the
 * version has no such action for a station.
 */
export function behave(action: string, payload: JsonObject, context: StationContext): JsonObject | undefined {
  // The types of the table's entries differ by action; the schema has checked that the payload is of the action's.
  const table = BEHAVIOURS[context.station.version] as unknown as Readonly<
    Record<string, (request: JsonObject, context: StationContext) => JsonObject>
  >;
  return Object.hasOwn(table, action) ? table[action]?.(payload, context) : undefined;
}
