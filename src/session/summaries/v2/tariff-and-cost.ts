import type { JsonObject } from '../../../ocpp/json.ts';
import type { Block2 } from '../action-words.ts';
import { amount, labelled, list, names, number, object, objects, phrase, shortened, text } from '../payload.ts';
import { acknowledged, evseId, statusWithReason } from '../terms.ts';

export const TARIFF_AND_COST = {
  ChangeTransactionTariff: {
    request: (payload) => [tariff(payload), labelled('transaction ', text(payload, 'transactionId'))],
  },
  ClearTariffs: {
    request: (payload) => [
      phrase('Clear', names(list(payload, 'tariffIds'), (id) => shortened(id)) ?? 'all tariffs'),
      evseId(number(payload, 'evseId')),
    ],
    response: (payload) =>
      names(objects(payload, 'clearTariffsResult'), (result) =>
        phrase(text(result, 'tariffId'), text(result, 'status')),
      ),
  },
  CostUpdated: {
    request: (payload) => [
      labelled('Total cost ', amount(payload, 'totalCost')),
      labelled('transaction ', text(payload, 'transactionId')),
    ],
    response: acknowledged,
  },
  GetTariffs: {
    request: (payload) => phrase('Tariffs of', evseId(number(payload, 'evseId'))),
    response: (payload) => [
      statusWithReason(payload),
      names(objects(payload, 'tariffAssignments'), (assignment) =>
        phrase(text(assignment, 'tariffId'), text(assignment, 'tariffKind')),
      ),
    ],
  },
  SetDefaultTariff: { request: (payload) => [evseId(number(payload, 'evseId')), tariff(payload)] },
} satisfies Block2<'I Tariff and Cost'>;

function tariff(payload: JsonObject): string | undefined {
  const set = object(payload, 'tariff');
  return phrase('Tariff', text(set, 'tariffId'), labelled('in ', text(set, 'currency', 3)));
}
