import type { JsonObject } from '../../../ocpp/json.ts';
import type { Block2, Parts } from '../action-words.ts';
import { bootAnswer } from '../boot.ts';
import { count, labelled, list, names, number, object, objects, phrase, shortened, text } from '../payload.ts';
import { acknowledged, evseId, part, reason, request, variable } from '../terms.ts';

export const PROVISIONING = {
  BootNotification: {
    request(payload) {
      const station = object(payload, 'chargingStation');
      return [
        phrase(text(station, 'vendorName'), text(station, 'model')),
        labelled('firmware ', text(station, 'firmwareVersion')),
        text(payload, 'reason'),
      ];
    },
    response: bootAnswer,
  },
  GetBaseReport: { request: (payload) => [text(payload, 'reportBase'), request(payload)] },
  GetReport: {
    request: (payload) => [
      names(objects(payload, 'componentVariable'), variable),
      names(list(payload, 'componentCriteria'), (criterion) => shortened(criterion)),
      request(payload),
    ],
  },
  GetVariables: {
    request: (payload) => names(objects(payload, 'getVariableData'), attribute),
    response: (payload) => results(objects(payload, 'getVariableResult')),
  },
  NotifyReport: {
    request: (payload) => [count(list(payload, 'reportData').length, 'variable'), request(payload), part(payload)],
    response: acknowledged,
  },
  Reset: {
    request: (payload) => phrase('Reset', evseId(number(payload, 'evseId')), text(payload, 'type')),
  },
  SetNetworkProfile: {
    request(payload) {
      const connection = object(payload, 'connectionData');
      return [
        labelled('Slot ', number(payload, 'configurationSlot')),
        text(connection, 'ocppCsmsUrl', 60),
        labelled('security profile ', number(connection, 'securityProfile')),
        text(connection, 'ocppInterface'),
      ];
    },
  },
  SetVariables: {
    request: (payload) => names(objects(payload, 'setVariableData'), assignment),
    response: (payload) => results(objects(payload, 'setVariableResult')),
  },
} satisfies Block2<'B Provisioning'>;

/** A variable, and its attribute where that is not the actual value. */
function attribute(entry: JsonObject): string | undefined {
  const type = text(entry, 'attributeType');
  return type === undefined || type === 'Actual' ? variable(entry) : phrase(variable(entry), `(${type})`);
}

function assignment(entry: JsonObject): string | undefined {
  return `${attribute(entry) ?? '?'} = ${text(entry, 'attributeValue', 24) ?? '""'}`;
}

function results(entries: readonly JsonObject[]): Parts {
  return names(entries, (entry) => {
    const value = labelled('= ', text(entry, 'attributeValue', 24));
    const outcome = text(entry, 'attributeStatus');
    return phrase(
      attribute(entry),
      outcome === 'Accepted' && value !== undefined ? value : outcome,
      reason(entry, 'attributeStatusInfo'),
    );
  });
}
