import { reply } from '../reply.ts';
import { type New21, UNSUPPORTED } from './station-2.ts';

/** Block Q. The station charges only. */
export const BIDIRECTIONAL_POWER_TRANSFER_2_1: New21<'AFRRSignal' | 'NotifyAllowedEnergyTransfer'> = {
  AFRRSignal: () => reply({ status: 'Rejected', ...UNSUPPORTED }),
  NotifyAllowedEnergyTransfer: () => reply({ status: 'Rejected', ...UNSUPPORTED }),
};
