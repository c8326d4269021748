import type { Behaviours2 } from '../behaviour.ts';

/** Block E, Transactions. */
export const transactions: Behaviours2<'TransactionEvent'> = {
  TransactionEvent({ eventType, transactionInfo, evse, idToken, timestamp }, { station }) {
    const { transactionId, chargingState } = transactionInfo;
    if (eventType === 'Ended') {
      station.end(transactionId);
    } else {
      station.update({
        id: transactionId,
        evseId: evse?.id,
        connectorId: evse?.connectorId,
        idToken: idToken?.idToken,
        chargingState,
        startedAt: timestamp,
      });
    }
    // E01.FR.12: the status of the token, where one was given.
    return idToken === undefined ? {} : { idTokenInfo: { status: 'Accepted' } };
  },
};
