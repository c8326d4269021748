import { compositeSchedule } from '../../../ocpp/schedule/composite.ts';
import { scheduleContext } from '../offer.ts';
import { reply } from '../reply.ts';
import { because, type New21 } from './station-2.ts';

/** Signals that are remembered. */
const SIGNALS_MAX = 100;

/** Block Q. */
export const BIDIRECTIONAL_POWER_TRANSFER_2_1: New21<'AFRRSignal' | 'NotifyAllowedEnergyTransfer'> = {
  AFRRSignal({ timestamp, signal }, { core }) {
    const now = core.now();
    const at = Date.parse(timestamp);
    const active = core.evses.some(({ id }) => {
      const [piece] = compositeSchedule(core.profiles.list(), scheduleContext(core, id, 'W'), now, now + 1);
      return piece?.settings?.operationMode === 'LocalFrequency' && piece.settings.signalCurve !== undefined;
    });
    // Q08.FR.11.
    if (!active || Number.isNaN(at)) return reply({ status: 'Rejected', ...because('NoSignalWattCurve') });
    // Q08.FR.10: one for the same time or an earlier one overrules what was to come.
    const before = core.signals.filter((step) => step.at < at);
    core.signals = [...before, { at, value: signal }].slice(-SIGNALS_MAX);
    return reply({ status: 'Accepted' });
  },
  NotifyAllowedEnergyTransfer({ transactionId, allowedEnergyTransfer }, { core, speaker, transfers }) {
    const evse = core.evses.find(({ transaction }) => transaction?.id === transactionId);
    const { transaction } = evse ?? {};
    if (!evse || !transaction) return reply({ status: 'Rejected', ...because('TxNotFound') });
    // Q02.FR.06, FR.07.
    return reply({ status: 'Accepted' }, () => {
      transfers.allow(transaction, allowedEnergyTransfer);
      speaker.renegotiate(evse);
    });
  },
};
