import type { Block2 } from '../action-words.ts';
import { instant, labelled, list, names, number, shortened, text } from '../payload.ts';

export const BIDIRECTIONAL_POWER_TRANSFER = {
  AFRRSignal: {
    request: (payload) => [
      labelled('Signal ', number(payload, 'signal')),
      labelled('at ', instant(payload, 'timestamp')),
    ],
  },
  NotifyAllowedEnergyTransfer: {
    request: (payload) => [
      names(list(payload, 'allowedEnergyTransfer'), (mode) => shortened(mode)),
      labelled('transaction ', text(payload, 'transactionId')),
    ],
  },
} satisfies Block2<'Q Bidirectional Power Transfer'>;
