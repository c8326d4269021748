import type { CallTowards } from '../../../ocpp/action-names.ts';
import { isJsonObject, type JsonObject } from '../../../ocpp/json.ts';
import type { RequestOf, ResponseOf } from '../../../ocpp/messages.ts';
import type { CallOutcome } from '../../rpc/effects.ts';
import type { SessionPhase } from '../charging-session.ts';
import type { Evse, IdToken, Transaction } from '../evse.ts';
import { readings } from '../readings.ts';
import type { BootReason, EndCause, SampleCause, Speaker, StartCause } from '../speaker.ts';
import type { StationCore } from '../station-core.ts';
import { StatusReports } from '../status-reports.ts';
import type { Configuration } from './configuration.ts';

type StatusNotification = RequestOf<'1.6', 'StatusNotification'>;
type MeterValue = RequestOf<'1.6', 'MeterValues'>['meterValue'][number];
type Context = NonNullable<MeterValue['sampledValue'][number]['context']>;
type Reason = NonNullable<RequestOf<'1.6', 'StopTransaction'>['reason']>;

/** What a transaction is called where the CSMS could not be told of its start (errata 3.18). */
const UNKNOWN_TRANSACTION = -1;

const REASON: Readonly<Record<EndCause, Reason>> = {
  local: 'Local',
  remote: 'Remote',
  deauthorized: 'DeAuthorized',
  reset: 'SoftReset',
  'immediate-reset': 'HardReset',
  unlock: 'UnlockCommand',
  // 1.6 negotiates no transfer of energy.
  'transfer-rejected': 'Other',
};

const STATUS: Readonly<Record<Exclude<SessionPhase, 'idle'>, StatusNotification['status']>> = {
  plugged: 'Preparing',
  charging: 'Charging',
  'suspended-ev': 'SuspendedEV',
  'suspended-evse': 'SuspendedEVSE',
  finishing: 'Finishing',
};

/** Status of a connector (1.6 4.9). A transaction goes on where the connector is to become unavailable after it. */
export function connectorStatus(evse: Evse, operative: boolean): StatusNotification['status'] {
  const { phase } = evse.session;
  if (!operative && !evse.transaction) return 'Unavailable';
  if (phase !== 'idle') return STATUS[phase];
  return evse.reservation ? 'Reserved' : 'Available';
}

/** The station's voice in 1.6. */
export class Speaker16 implements Speaker {
  readonly #core: StationCore;
  readonly #configuration: Configuration;
  /** Ids that the CSMS gave to transactions. */
  readonly #ids = new WeakMap<Transaction, number>();
  /** Readings at the start of a transaction, for the data of its end. */
  readonly #begins = new WeakMap<Transaction, MeterValue | undefined>();
  readonly #reports: StatusReports;

  constructor(core: StationCore, configuration: Configuration) {
    this.#core = core;
    this.#configuration = configuration;
    this.#reports = new StatusReports(core, (connectorId) =>
      this.call('StatusNotification', this.statusOf(connectorId)),
    );
  }

  /** Sends a CALL of the station's own accord. */
  call<A extends CallTowards<'to-csms', '1.6'>>(action: A, payload: RequestOf<'1.6', A>): Promise<CallOutcome> {
    return this.#core.call(action, payload as JsonObject);
  }

  bootNotification(_reason: BootReason): JsonObject {
    const { vendor, model, serial, firmware } = this.#core.identity;
    const request: RequestOf<'1.6', 'BootNotification'> = {
      chargePointVendor: vendor.slice(0, 20),
      chargePointModel: model.slice(0, 20),
      chargePointSerialNumber: serial.slice(0, 25),
      firmwareVersion: firmware.slice(0, 50),
    };
    return request;
  }

  reportStatus(evse: Evse, always: boolean): void {
    this.#reports.report(evse.id, this.statusOf(evse.id).status, always);
  }

  reportStation(always: boolean): void {
    this.#reports.report(0, this.statusOf(0).status, always);
  }

  /** The status now, for whoever asked for it. */
  statusOf(connectorId: number): StatusNotification {
    const evse = this.#core.evse(connectorId);
    const status = evse
      ? connectorStatus(evse, this.#core.isOperative(evse))
      : this.#core.operative
        ? 'Available'
        : 'Unavailable';
    return { connectorId, errorCode: 'NoError', status, timestamp: this.#core.timestamp() };
  }

  async authorize(idToken: IdToken): Promise<boolean> {
    const outcome = await this.call('Authorize', { idTag: idToken.token });
    return outcome.kind === 'result' && isAccepted(outcome.payload);
  }

  started(evse: Evse, transaction: Transaction, _cause: StartCause): void {
    this.#begins.set(transaction, this.#meterValue(evse, 'StopTxnSampledData', 'Transaction.Begin'));
    const request: RequestOf<'1.6', 'StartTransaction'> = {
      connectorId: evse.id,
      idTag: transaction.idToken.token,
      meterStart: Math.round(transaction.startEnergyWh),
      timestamp: new Date(transaction.startedAt).toISOString(),
      ...(transaction.reservationId === undefined ? {} : { reservationId: transaction.reservationId }),
    };
    this.#core.queue.add({
      action: 'StartTransaction',
      transaction: transaction.id,
      intermediate: false,
      build: () => request,
      answered: (payload) => {
        if (typeof payload.transactionId === 'number') this.#ids.set(transaction, payload.transactionId);
        if (!isAccepted(payload) && evse.transaction === transaction) this.#core.runner.stop(evse, 'deauthorized');
      },
    });
  }

  stateChanged(): void {
    // 1.6 says so with StatusNotification alone.
  }

  chargingNeeds(): void {
    // 1.6 knows nothing of what a vehicle needs.
  }

  modeChanged(): void {
    // There is one mode alone in 1.6.
  }

  sampled(evse: Evse, transaction: Transaction, cause: SampleCause): void {
    const context = cause === 'periodic' ? 'Sample.Periodic' : 'Trigger';
    const meterValue = this.#meterValue(evse, 'MeterValuesSampledData', context);
    if (!meterValue) return;
    this.#core.queue.add({
      action: 'MeterValues',
      transaction: transaction.id,
      intermediate: true,
      build: () => ({ connectorId: evse.id, transactionId: this.idOf(transaction), meterValue: [meterValue] }),
    });
  }

  ended(evse: Evse, transaction: Transaction, cause: EndCause): void {
    const end = this.#meterValue(evse, 'StopTxnSampledData', 'Transaction.End');
    const data = [this.#begins.get(transaction), end].filter((value) => value !== undefined);
    const request: Omit<RequestOf<'1.6', 'StopTransaction'>, 'transactionId'> = {
      meterStop: Math.round(evse.session.energyWh),
      timestamp: this.#core.timestamp(),
      reason: REASON[cause],
      // Only the driver himself presents his identifier at the end.
      ...(cause === 'local' ? { idTag: transaction.idToken.token } : {}),
      ...(data.length > 0
        ? { transactionData: data as NonNullable<RequestOf<'1.6', 'StopTransaction'>['transactionData']> }
        : {}),
    };
    this.#core.queue.add({
      action: 'StopTransaction',
      transaction: transaction.id,
      intermediate: false,
      build: () => ({ ...request, transactionId: this.idOf(transaction) }),
    });
  }

  signCertificate(csr: string): JsonObject {
    return { csr } satisfies RequestOf<'1.6', 'SignCertificate'>;
  }

  reservationExpired(): void {
    // 1.6 says so with StatusNotification alone.
  }

  /** The CSMS's id of a transaction, -1 where it gave none (errata 3.18). */
  idOf(transaction: Transaction): number {
    return this.#ids.get(transaction) ?? UNKNOWN_TRANSACTION;
  }

  /** Readings outside of the queue, for a MeterValues that was asked for (1.6 5.17). */
  meterValuesOf(evse: Evse): RequestOf<'1.6', 'MeterValues'> | undefined {
    this.#core.runner.refresh(evse);
    const meterValue = this.#meterValue(evse, 'MeterValuesSampledData', 'Trigger');
    if (!meterValue) return undefined;
    const transaction = evse.transaction ? { transactionId: this.idOf(evse.transaction) } : {};
    return { connectorId: evse.id, ...transaction, meterValue: [meterValue] };
  }

  #meterValue(evse: Evse, key: string, context: Context): MeterValue | undefined {
    const values = readings(evse.session, this.#core.hardware, this.#configuration.text(key));
    if (values.length === 0) return undefined;
    // 1.6 has no unit for a frequency, which is in Hz.
    const sampledValue = values.map(({ value, unit, ...reading }) => ({
      ...reading,
      ...(unit === 'Hz' ? {} : { unit }),
      value: String(value),
      context,
    }));
    return { timestamp: this.#core.timestamp(), sampledValue };
  }
}

function isAccepted(response: JsonObject): boolean {
  const info = response.idTagInfo as ResponseOf<'1.6', 'Authorize'>['idTagInfo'] | undefined;
  return isJsonObject(info) && info.status === 'Accepted';
}
