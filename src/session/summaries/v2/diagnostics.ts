import type { JsonObject } from '../../../ocpp/json.ts';
import type { Block2 } from '../action-words.ts';
import { GET_LOG, LOG_STATUS_NOTIFICATION } from '../logs.ts';
import {
  count,
  hashed,
  labelled,
  list,
  names,
  number,
  object,
  objects,
  phrase,
  seconds,
  shortened,
  text,
} from '../payload.ts';
import { acknowledged, idToken, part, request, statusWithReason, variable } from '../terms.ts';

export const DIAGNOSTICS = {
  AdjustPeriodicEventStream: {
    request: (payload) => [stream(payload), pace(object(payload, 'params'))],
  },
  ClearVariableMonitoring: {
    request: (payload) =>
      phrase(
        'Clear',
        names(list(payload, 'id'), (id) => hashed(id)),
      ),
    response: (payload) =>
      names(objects(payload, 'clearMonitoringResult'), (result) => phrase(hashed(result.id), text(result, 'status'))),
  },
  ClosePeriodicEventStream: { request: (payload) => phrase(stream(payload), 'closed'), response: acknowledged },
  CustomerInformation: {
    request: (payload) => [
      phrase(payload.report === true ? 'Report' : undefined, payload.clear === true ? 'Clear' : undefined),
      idToken(payload) ?? text(payload, 'customerIdentifier'),
      request(payload),
    ],
  },
  GetLog: GET_LOG,
  GetMonitoringReport: {
    request: (payload) => [
      names(objects(payload, 'componentVariable'), variable),
      names(list(payload, 'monitoringCriteria'), (criterion) => shortened(criterion)),
      request(payload),
    ],
  },
  GetPeriodicEventStream: {
    request: () => 'Ask for the open event streams',
    response: (payload) => count(list(payload, 'constantStreamData').length, 'stream'),
  },
  LogStatusNotification: LOG_STATUS_NOTIFICATION,
  NotifyCustomerInformation: {
    request: (payload) => [text(payload, 'data', 60), request(payload), part(payload)],
    response: acknowledged,
  },
  NotifyEvent: {
    request: (payload) => [names(objects(payload, 'eventData'), event, 2), part(payload)],
    response: acknowledged,
  },
  NotifyMonitoringReport: {
    request: (payload) => [names(objects(payload, 'monitor'), variable), request(payload), part(payload)],
    response: acknowledged,
  },
  NotifyPeriodicEventStream: {
    request: (payload) => [
      stream(payload),
      count(list(payload, 'data').length, 'value'),
      latest(payload),
      pending(payload),
    ],
  },
  OpenPeriodicEventStream: {
    request(payload) {
      const opened = object(payload, 'constantStreamData');
      return [
        stream(opened),
        labelled('monitor #', number(opened, 'variableMonitoringId')),
        pace(object(opened, 'params')),
      ];
    },
  },
  SetMonitoringBase: { request: (payload) => text(payload, 'monitoringBase') },
  SetMonitoringLevel: { request: (payload) => labelled('Severity up to ', number(payload, 'severity')) },
  SetVariableMonitoring: {
    request: (payload) =>
      names(objects(payload, 'setMonitoringData'), (entry) =>
        phrase(variable(entry), text(entry, 'type'), labelled('at ', number(entry, 'value'))),
      ),
    response: (payload) =>
      names(objects(payload, 'setMonitoringResult'), (result) =>
        phrase(variable(result), hashed(result.id), statusWithReason(result)),
      ),
  },
} satisfies Block2<'N Diagnostics'>;

function stream(payload: JsonObject): string | undefined {
  return labelled('Stream ', number(payload, 'id'));
}

function pace(params: JsonObject): string | undefined {
  return phrase(labelled('every ', seconds(params, 'interval')), labelled('after values: ', number(params, 'values')));
}

function latest(payload: JsonObject): string | undefined {
  const last = objects(payload, 'data').at(-1);
  return last === undefined ? undefined : labelled('latest ', text(last, 'v'));
}

function pending(payload: JsonObject): string | undefined {
  const many = number(payload, 'pending');
  return many === undefined || many === 0 ? undefined : `${many} pending`;
}

function event(entry: JsonObject): string | undefined {
  return phrase(
    `${variable(entry) ?? '?'} = ${text(entry, 'actualValue', 24) ?? '""'}`,
    `(${text(entry, 'trigger') ?? '?'}${entry.cleared === true ? ', cleared' : ''})`,
  );
}
