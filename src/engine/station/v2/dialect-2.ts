import type { JsonObject } from '../../../ocpp/json.ts';
import type { Dialect, DialectOptions } from '../dialect.ts';
import type { Handlers, Reply } from '../reply.ts';
import { Transfer } from '../transfer.ts';
import { AUTHORIZATION, AUTHORIZATION_2_1 } from './authorization.ts';
import { AVAILABILITY } from './availability.ts';
import { BATTERY_SWAPPING_2_1 } from './battery-swapping.ts';
import { BIDIRECTIONAL_POWER_TRANSFER_2_1 } from './bidirectional-power-transfer.ts';
import { CERTIFICATE_MANAGEMENT } from './certificate-management.ts';
import { DATA_TRANSFER } from './data-transfer.ts';
import { createDer } from './der/der.ts';
import { DER_CONTROL_2_1 } from './der-control.ts';
import { DeviceModel } from './device-model.ts';
import { DIAGNOSTICS, DIAGNOSTICS_2_1 } from './diagnostics.ts';
import { DISPLAY_MESSAGE } from './display-message.ts';
import { DisplayMessages } from './display-messages.ts';
import { EnergyTransfers } from './energy-transfer.ts';
import { FIRMWARE_MANAGEMENT } from './firmware-management.ts';
import { LOCAL_AUTH_LIST } from './local-auth-list.ts';
import { PROVISIONING } from './provisioning.ts';
import { REMOTE_CONTROL } from './remote-control.ts';
import { RESERVATION } from './reservation.ts';
import { SECURITY } from './security.ts';
import { DynamicPulls } from './smart-charging/dynamic-pulls.ts';
import { ExternalLimits } from './smart-charging/external-limits.ts';
import { SMART_CHARGING, SMART_CHARGING_2_1 } from './smart-charging.ts';
import { Speaker2 } from './speaker.ts';
import type { Action21, Action201, Common, New21, Station2 } from './station-2.ts';
import { Tariffs } from './tariff/tariffs.ts';
import { TARIFF_AND_COST, TARIFF_AND_COST_2_1 } from './tariff-and-cost.ts';
import { TRANSACTIONS } from './transactions.ts';
import { V2gCertificates } from './v2g-certificates.ts';

const COMMON: Common<Action201> = {
  ...SECURITY,
  ...PROVISIONING,
  ...AUTHORIZATION,
  ...LOCAL_AUTH_LIST,
  ...TRANSACTIONS,
  ...REMOTE_CONTROL,
  ...AVAILABILITY,
  ...RESERVATION,
  ...TARIFF_AND_COST,
  ...SMART_CHARGING,
  ...FIRMWARE_MANAGEMENT,
  ...CERTIFICATE_MANAGEMENT,
  ...DIAGNOSTICS,
  ...DISPLAY_MESSAGE,
  ...DATA_TRANSFER,
};

const ADDED: New21<Exclude<Action21, Action201>> = {
  ...AUTHORIZATION_2_1,
  ...TARIFF_AND_COST_2_1,
  ...SMART_CHARGING_2_1,
  ...DIAGNOSTICS_2_1,
  ...BIDIRECTIONAL_POWER_TRANSFER_2_1,
  ...DER_CONTROL_2_1,
  ...BATTERY_SWAPPING_2_1,
};

const HANDLERS_2_0_1: Handlers<'2.0.1', Action201, Station2> = COMMON;
const HANDLERS_2_1: Handlers<'2.1', Action21, Station2> = { ...COMMON, ...ADDED };

type AnyHandler = (request: JsonObject, station: Station2) => Reply<JsonObject>;

/** A station that speaks 2.0.1. */
export const createDialect201 = (options: DialectOptions): Dialect => createDialect(options, HANDLERS_2_0_1);

/** A station that speaks 2.1. */
export const createDialect21 = (options: DialectOptions): Dialect => createDialect(options, HANDLERS_2_1);

function createDialect({ core, sampleInterval }: DialectOptions, handlers: object): Dialect {
  const model = new DeviceModel({ core, sampleInterval });
  const transfers = new EnergyTransfers();
  const tariffs: Tariffs = new Tariffs({
    core,
    model,
    event: (evse, transaction, reason) => speaker.updated21(evse, transaction, reason),
    problem: (techCode) => speaker.notifyHardWired('TariffCostCtrlr', 'Problem', techCode),
  });
  const speaker: Speaker2 = new Speaker2(core, model, tariffs, transfers);
  const display = new DisplayMessages(
    () => core.now(),
    (messages) => model.tell('DisplayMessageCtrlr', 'DisplayMessages', String(messages)),
  );
  const der = createDer(core);
  const station: Station2 = {
    core,
    model,
    speaker,
    display,
    der,
    tariffs,
    transfers,
    v2g: new V2gCertificates(core, model),
    external: new ExternalLimits({ core, model, speaker }),
    log: new Transfer(core, { started: 'Uploading', failed: 'UploadFailure' }, (status, requestId) => {
      void speaker.call('LogStatusNotification', { status, requestId });
    }),
    firmware: new Transfer(
      core,
      { scheduled: 'DownloadScheduled', started: 'Downloading', failed: 'DownloadFailed' },
      (status, requestId) => {
        void speaker.call('FirmwareStatusNotification', { status, requestId });
      },
    ),
  };
  // The payload was checked against the action's schema, of which its type is made.
  const table = new Map(Object.entries(handlers) as [string, AnyHandler][]);
  return {
    speaker,
    settings: model,
    // What came with 2.1; in 2.0.1 nothing brings a tariff or a DER control.
    followers: [display, ...(core.version === '2.1' ? [transfers, der.follower, tariffs, new DynamicPulls(core)] : [])],
    answer: (action, payload) => table.get(action)?.(payload, station),
    // B03.FR.08.
    whileRejected: () => ({
      ok: false,
      error: { code: 'SecurityError', description: 'The CSMS has rejected this station.' },
    }),
  };
}
