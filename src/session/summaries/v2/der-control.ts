import type { JsonObject } from '../../../ocpp/json.ts';
import type { Block2 } from '../action-words.ts';
import { count, list, names, phrase, shortened, text } from '../payload.ts';
import { acknowledged, part, request, statusWithReason } from '../terms.ts';

/** The properties of ReportDERControlRequest that hold controls. */
const REPORTED = [
  'curve',
  'enterService',
  'fixedPFAbsorb',
  'fixedPFInject',
  'fixedVar',
  'freqDroop',
  'gradient',
  'limitMaxDischarge',
] as const;

export const DER_CONTROL = {
  ClearDERControl: { request: (payload) => ['Clear', ...control(payload)] },
  GetDERControl: { request: (payload) => [...control(payload), request(payload)] },
  NotifyDERAlarm: {
    request: (payload) => [
      text(payload, 'controlType'),
      text(payload, 'gridEventFault'),
      payload.alarmEnded === true ? 'alarm ended' : 'alarm',
      text(payload, 'extraInfo', 60),
    ],
    response: acknowledged,
  },
  NotifyDERStartStop: {
    request: (payload) => [
      phrase('Control', text(payload, 'controlId'), payload.started === true ? 'started' : 'stopped'),
      superseded(payload),
    ],
    response: acknowledged,
  },
  ReportDERControl: {
    request: (payload) => [
      phrase(
        ...REPORTED.map((kind) => {
          const many = list(payload, kind).length;
          return many === 0 ? undefined : `${kind} ×${many}`;
        }),
      ) ?? count(0, 'control'),
      request(payload),
      part(payload),
    ],
    response: acknowledged,
  },
  SetDERControl: {
    request: control,
    response: (payload) => [statusWithReason(payload), superseded(payload)],
  },
} satisfies Block2<'R DER Control'>;

function control(payload: JsonObject): readonly (string | undefined)[] {
  return [
    phrase(payload.isDefault === true ? 'default' : undefined, text(payload, 'controlType')),
    text(payload, 'controlId'),
  ];
}

function superseded(payload: JsonObject): string | undefined {
  const ids = names(list(payload, 'supersededIds'), (id) => shortened(id));
  return ids === undefined ? undefined : `supersedes ${ids}`;
}
