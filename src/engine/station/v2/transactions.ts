import { reply } from '../reply.ts';
import type { Common } from './station-2.ts';

/** Block E. */
export const TRANSACTIONS: Common<'GetTransactionStatus'> = {
  /** E14. */
  GetTransactionStatus({ transactionId }, { core }) {
    const messagesInQueue = core.queue.waiting(transactionId);
    if (transactionId === undefined) return reply({ messagesInQueue });
    const ongoingIndicator = core.evses.some(({ transaction }) => transaction?.id === transactionId);
    return reply({ ongoingIndicator, messagesInQueue });
  },
};
