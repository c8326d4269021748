import type { Behaviours21 } from '../behaviour.ts';

/** A VAT identification number as the member states of the EU and their neighbours write it: country, then the rest. */
const VAT_NUMBER = /^[A-Z]{2}[0-9A-Z+*.]{2,13}$/;

/** Block C, Authorization: what came with 2.1. */
export const authorization: Behaviours21<'NotifySettlement' | 'VatNumberValidation'> = {
  NotifySettlement({ status, pspRef, receiptUrl }) {
    // C21.FR.03 and FR.04: who makes the receipt gives its URL; a station that sent none leaves it to the CSMS.
    return status === 'Settled' && receiptUrl === undefined
      ? { receiptUrl: `https://receipts.example/${pspRef.replaceAll(/[^\w.-]/g, '_')}`, receiptId: pspRef.slice(0, 50) }
      : {};
  },

  // C18.FR.09 and FR.10: judged by its form alone, as no register of companies is asked.
  VatNumberValidation({ vatNumber, evseId }) {
    const status = VAT_NUMBER.test(vatNumber.replaceAll(' ', '')) ? 'Accepted' : 'Rejected';
    return { vatNumber, status, ...(evseId === undefined ? {} : { evseId }) };
  },
};
