import type { CallTowards } from '../../../ocpp/action-names.ts';
import { isJsonObject, type JsonObject } from '../../../ocpp/json.ts';
import type { RequestOf } from '../../../ocpp/messages.ts';
import type { CallOutcome } from '../../rpc/effects.ts';
import type { SessionPhase } from '../charging-session.ts';
import type { Evse, IdToken, Reservation, Transaction } from '../evse.ts';
import { readings } from '../readings.ts';
import type { BootReason, EndCause, SampleCause, Speaker, StartCause } from '../speaker.ts';
import type { StationCore } from '../station-core.ts';
import { StatusReports } from '../status-reports.ts';
import { availabilityOf } from './availability-state.ts';
import { chargingNeeds } from './charging-needs.ts';
import type { DeviceModel } from './device-model.ts';
import type { EnergyTransfers } from './energy-transfer.ts';
import type { Tariffs } from './tariff/tariffs.ts';

type TransactionEvent = RequestOf<'2.0.1', 'TransactionEvent'>;
type TransactionInfo = TransactionEvent['transactionInfo'];
type MeterValue = NonNullable<TransactionEvent['meterValue']>[number];
type Context = NonNullable<MeterValue['sampledValue'][number]['context']>;
type WireToken = NonNullable<TransactionEvent['idToken']>;

type Said = Omit<TransactionEvent, 'timestamp' | 'seqNo' | 'transactionInfo'> & {
  readonly transactionInfo: Omit<TransactionInfo, 'transactionId'>;
};

const END: Readonly<
  Record<EndCause, Pick<TransactionEvent, 'triggerReason'> & Pick<TransactionInfo, 'stoppedReason'>>
> = {
  local: { triggerReason: 'StopAuthorized', stoppedReason: 'Local' },
  remote: { triggerReason: 'RemoteStop', stoppedReason: 'Remote' },
  deauthorized: { triggerReason: 'Deauthorized', stoppedReason: 'DeAuthorized' },
  reset: { triggerReason: 'ResetCommand', stoppedReason: 'Reboot' },
  'immediate-reset': { triggerReason: 'ResetCommand', stoppedReason: 'ImmediateReset' },
  unlock: { triggerReason: 'UnlockCommand', stoppedReason: 'Other' },
  // The reason is of 2.1, as is what leads to it (K18.FR.23).
  'transfer-rejected': {
    triggerReason: 'AbnormalCondition',
    stoppedReason: 'ReqEnergyTransferRejected' as 'Other',
  },
};

const CHARGING_STATE: Readonly<Record<SessionPhase, NonNullable<TransactionInfo['chargingState']>>> = {
  idle: 'Idle',
  plugged: 'EVConnected',
  charging: 'Charging',
  'suspended-ev': 'SuspendedEV',
  'suspended-evse': 'SuspendedEVSE',
  finishing: 'EVConnected',
};

/** The station's voice in 2.0.1 and 2.1; what it says of its own accord is the same in both. */
export class Speaker2 implements Speaker {
  readonly #core: StationCore;
  readonly #model: DeviceModel;
  readonly #tariffs: Tariffs;
  readonly #transfers: EnergyTransfers;
  /** When the vehicles of transactions leave. */
  readonly #departures = new WeakMap<Transaction, number>();
  readonly #reports: StatusReports;
  /** Events of the device model that were told. */
  #events = 0;
  /** The next sequence number of each transaction (2.x part 2, E, 1.3.2). */
  readonly #seqNos = new WeakMap<Transaction, number>();

  constructor(core: StationCore, model: DeviceModel, tariffs: Tariffs, transfers: EnergyTransfers) {
    this.#transfers = transfers;
    this.#core = core;
    this.#tariffs = tariffs;
    this.#model = model;
    this.#reports = new StatusReports(core, (evseId) => {
      const evse = core.evse(evseId);
      return evse ? this.call('StatusNotification', this.statusOf(evse)) : Promise.resolve({ kind: 'closed' });
    });
  }

  /** Sends a CALL of the station's own accord. */
  call<A extends CallTowards<'to-csms', '2.0.1'>>(action: A, payload: RequestOf<'2.0.1', A>): Promise<CallOutcome> {
    return this.#core.call(action, payload as JsonObject);
  }

  /** The same for what 2.1 added, and only in it. */
  call21<A extends Exclude<CallTowards<'to-csms', '2.1'>, CallTowards<'to-csms', '2.0.1'>>>(
    action: A,
    payload: RequestOf<'2.1', A>,
  ): Promise<CallOutcome> {
    return this.#core.call(action, payload as JsonObject);
  }

  /** Sends a CALL that the CSMS asked for. */
  callTriggered<A extends CallTowards<'to-csms', '2.0.1'>>(
    action: A,
    payload: RequestOf<'2.0.1', A>,
  ): Promise<CallOutcome> {
    return this.#core.callTriggered(action, payload as JsonObject);
  }

  bootNotification(reason: BootReason): JsonObject {
    const { vendor, model, serial, firmware } = this.#core.identity;
    const request: RequestOf<'2.0.1', 'BootNotification'> = {
      reason,
      chargingStation: {
        vendorName: vendor.slice(0, 50),
        model: model.slice(0, 20),
        serialNumber: serial.slice(0, 25),
        firmwareVersion: firmware.slice(0, 50),
      },
    };
    return request;
  }

  reportStatus(evse: Evse, always: boolean): void {
    this.#reports.report(evse.id, availabilityOf(evse, this.#core.isOperative(evse)), always);
  }

  reportStation(): void {
    // 2.x has statuses of connectors only.
  }

  /** The status now, for whoever asked for it. */
  statusOf(evse: Evse): RequestOf<'2.0.1', 'StatusNotification'> {
    return {
      timestamp: this.#core.timestamp(),
      connectorStatus: availabilityOf(evse, this.#core.isOperative(evse)),
      evseId: evse.id,
      connectorId: 1,
    };
  }

  async authorize(idToken: IdToken): Promise<boolean> {
    const outcome = await this.call('Authorize', { idToken: wireToken(idToken) });
    const accepted = outcome.kind === 'result' && statusOf(outcome.payload) === 'Accepted';
    if (!accepted || this.#core.version !== '2.1') return accepted;
    this.#transfers.authorized(idToken, outcome.payload);
    return this.#tariffs.authorized(idToken, outcome.payload);
  }

  started(evse: Evse, transaction: Transaction, cause: StartCause): void {
    const { idToken, remoteStartId, reservationId } = transaction;
    this.#event(evse, transaction, {
      eventType: 'Started',
      triggerReason: cause === 'remote' ? 'RemoteStart' : 'Authorized',
      transactionInfo: { chargingState: 'EVConnected', ...(remoteStartId === undefined ? {} : { remoteStartId }) },
      idToken: wireToken(idToken),
      ...(reservationId === undefined ? {} : { reservationId }),
      ...this.#measured(evse, 'TxStartedMeasurands', 'Transaction.Begin'),
    });
  }

  stateChanged(evse: Evse, transaction: Transaction): void {
    const charging = evse.session.phase === 'charging';
    this.#event(evse, transaction, {
      eventType: 'Updated',
      triggerReason: 'ChargingStateChanged',
      transactionInfo: { chargingState: CHARGING_STATE[evse.session.phase] },
      // E02.FR.18.
      ...(charging ? { numberOfPhasesUsed: evse.session.phases } : {}),
    });
  }

  chargingNeeds(evse: Evse, departsAt: number): void {
    const { transaction } = evse;
    if (!transaction || this.#model.text('ISO15118Ctrlr', 'Enabled') !== 'true') return;
    this.#departures.set(transaction, departsAt);
    const needs = chargingNeeds(this.#core, evse, departsAt, this.#transfers.requested(transaction));
    void this.#core.call('NotifyEVChargingNeeds', needs).then((outcome) => {
      // K18.FR.22, FR.23; Q01.FR.06. In 2.0.1 it means that there will be no schedule (K15.FR.04).
      const rejected = outcome.kind === 'result' && outcome.payload.status === 'Rejected';
      if (rejected && this.#core.version === '2.1' && evse.transaction === transaction) {
        this.#core.runner.stop(evse, 'transfer-rejected');
      }
    });
  }

  /** Tells the needs of the vehicle again, after what it may do has changed (Q02.FR.07). */
  renegotiate(evse: Evse): void {
    const departsAt = evse.transaction && this.#departures.get(evse.transaction);
    if (departsAt !== undefined) this.chargingNeeds(evse, departsAt);
  }

  modeChanged(evse: Evse, transaction: Transaction): void {
    if (this.#core.version !== '2.1') return;
    const { mode } = evse;
    const event: Said = {
      eventType: 'Updated',
      // K01.FR.110 is of 2.1; the event is otherwise as in 2.0.1.
      triggerReason: 'OperationModeChanged' as 'ChargingRateChanged',
      transactionInfo: { chargingState: CHARGING_STATE[evse.session.phase], ...({ operationMode: mode } as object) },
    };
    this.#event(evse, transaction, event);
  }

  /** An event of what 2.1 added, or of a limit, with what the meter shows then. */
  updated21(
    evse: Evse,
    transaction: Transaction,
    triggerReason: 'RunningCost' | 'TariffChanged' | 'ChargingRateChanged',
  ): void {
    this.#event(evse, transaction, {
      eventType: 'Updated',
      // The reasons are of 2.1; the event is otherwise as in 2.0.1.
      triggerReason: triggerReason as 'ChargingRateChanged',
      transactionInfo: { chargingState: CHARGING_STATE[evse.session.phase] },
      // With what the meter shows, so that a cost can be checked where the price changes.
      ...this.#measured(evse, 'TxUpdatedMeasurands', 'Other'),
    });
  }

  sampled(evse: Evse, transaction: Transaction, cause: SampleCause): void {
    const periodic = cause === 'periodic';
    const measured = this.#measured(evse, 'TxUpdatedMeasurands', periodic ? 'Sample.Periodic' : 'Trigger');
    if (periodic && !measured.meterValue) return;
    this.#event(evse, transaction, {
      eventType: 'Updated',
      triggerReason: periodic ? 'MeterValuePeriodic' : 'Trigger',
      transactionInfo: { chargingState: CHARGING_STATE[evse.session.phase] },
      ...measured,
    });
  }

  ended(evse: Evse, transaction: Transaction, cause: EndCause): void {
    const { triggerReason, stoppedReason } = END[cause];
    this.#event(evse, transaction, {
      eventType: 'Ended',
      triggerReason,
      transactionInfo: {
        chargingState: CHARGING_STATE[evse.session.phase],
        timeSpentCharging: Math.round(evse.session.seconds),
        stoppedReason,
      },
      // E07: who ends it at the station presents his identifier.
      ...(cause === 'local' ? { idToken: wireToken(transaction.idToken) } : {}),
      ...this.#measured(evse, 'TxEndedMeasurands', 'Transaction.End'),
    });
  }

  signCertificate(csr: string, requestId: number): JsonObject {
    const request: RequestOf<'2.0.1', 'SignCertificate'> = { csr, certificateType: 'ChargingStationCertificate' };
    // A02.FR.24 came with 2.1.
    return this.#core.version === '2.1' ? { ...request, requestId } : request;
  }

  reservationExpired({ id }: Reservation): void {
    void this.call('ReservationStatusUpdate', { reservationId: id, reservationUpdateStatus: 'Expired' });
  }

  /** Tells what a variable of the station's own is now, which no monitor watches (I08.FR.31, I12.FR.19). */
  notifyHardWired(component: string, variable: string, techCode: string | undefined): void {
    const timestamp = this.#core.timestamp();
    void this.call('NotifyEvent', {
      generatedAt: timestamp,
      seqNo: 0,
      eventData: [
        {
          eventId: ++this.#events,
          timestamp,
          trigger: 'Alerting',
          actualValue: this.#model.text(component, variable),
          ...(techCode === undefined ? {} : { techCode }),
          component: { name: component },
          eventNotificationType: 'HardWiredNotification',
          variable: { name: variable },
        },
      ],
    });
  }

  /** Readings for a MeterValues that was asked for (F06.FR.06). */
  meterValuesOf(evse: Evse): RequestOf<'2.0.1', 'MeterValues'> | undefined {
    this.#core.runner.refresh(evse);
    const meterValue = this.#meterValue(evse, this.#model.text('AlignedDataCtrlr', 'Measurands'), 'Trigger');
    return meterValue && { evseId: evse.id, meterValue: [meterValue] };
  }

  #event(evse: Evse, transaction: Transaction, event: Said): void {
    const seqNo = this.#seqNos.get(transaction) ?? 0;
    this.#seqNos.set(transaction, seqNo + 1);
    const { tariffId, costDetails } = this.#tariffs.additions(evse, transaction, event.eventType);
    const request: TransactionEvent = {
      ...event,
      ...(costDetails ? { costDetails } : {}),
      timestamp: this.#core.timestamp(),
      seqNo,
      transactionInfo: {
        transactionId: transaction.id,
        ...event.transactionInfo,
        ...(tariffId === undefined ? {} : { tariffId }),
      },
      evse: { id: evse.id, connectorId: 1 },
    };
    this.#core.queue.add({
      action: 'TransactionEvent',
      transaction: transaction.id,
      intermediate: event.triggerReason === 'MeterValuePeriodic',
      build: (offline) => (offline ? { ...request, offline } : request) as JsonObject,
      answered: (payload) => {
        const status = statusOf(payload);
        // E05: StopTxOnInvalidId is true.
        if (status !== undefined && status !== 'Accepted' && evse.transaction === transaction) {
          this.#core.runner.stop(evse, 'deauthorized');
        }
      },
    });
  }

  #measured(evse: Evse, variable: string, context: Context): Pick<TransactionEvent, 'meterValue'> {
    const meterValue = this.#meterValue(evse, this.#model.text('SampledDataCtrlr', variable), context);
    return meterValue ? { meterValue: [meterValue] } : {};
  }

  #meterValue(evse: Evse, measurands: string, context: Context): MeterValue | undefined {
    const values = readings(evse.session, this.#core.hardware, measurands);
    if (values.length === 0) return undefined;
    return {
      timestamp: this.#core.timestamp(),
      sampledValue: values.map(({ unit, ...reading }) => ({ ...reading, context, unitOfMeasure: { unit } })),
    };
  }
}

/** 2.0.1 enumerates the types of identifiers, 2.1 takes any; one that came in a request is of its version. */
function wireToken({ token, type }: IdToken): WireToken {
  return { idToken: token, type: type as WireToken['type'] };
}

function statusOf({ idTokenInfo }: JsonObject): unknown {
  return isJsonObject(idTokenInfo) ? idTokenInfo.status : undefined;
}
