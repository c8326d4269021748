import type { JsonObject } from '../../../ocpp/json.ts';
import type { Block2, Parts } from '../action-words.ts';
import { measurements } from '../measurements.ts';
import { amount, labelled, number, object, text } from '../payload.ts';
import { evseId, idToken } from '../terms.ts';

export const TRANSACTIONS = {
  GetTransactionStatus: {
    request: (payload) =>
      labelled('Transaction ', text(payload, 'transactionId')) ?? 'Any transaction messages queued?',
    response(payload) {
      const ongoing = payload.ongoingIndicator;
      return [
        typeof ongoing === 'boolean' ? (ongoing ? 'Ongoing' : 'Not ongoing') : undefined,
        payload.messagesInQueue === true ? 'messages in queue' : 'no messages in queue',
      ];
    },
  },
  TransactionEvent: { request: event, response: answer },
} satisfies Block2<'E Transactions'>;

function event(payload: JsonObject): Parts {
  const info = object(payload, 'transactionInfo');
  const chargingState = text(info, 'chargingState');
  const measured = measurements(payload, '2.1');
  const says = chargingState !== undefined || measured.length > 0;
  return [
    text(payload, 'eventType'),
    // A transaction runs on one EVSE (part 2, E); its connector is a click away, and what is measured matters more.
    evseId(number(object(payload, 'evse'), 'id')),
    chargingState,
    says ? undefined : text(payload, 'triggerReason'),
    ...measured,
    text(info, 'stoppedReason'),
    payload.eventType === 'Started' ? idToken(payload) : undefined,
    payload.offline === true ? 'offline' : undefined,
  ];
}

function answer(payload: JsonObject): Parts {
  const said = [
    labelled('Token ', text(object(payload, 'idTokenInfo'), 'status')),
    labelled('cost ', amount(payload, 'totalCost')),
    labelled('priority ', number(payload, 'chargingPriority')),
  ];
  return said.some((part) => part !== undefined) ? said : 'Acknowledged';
}
