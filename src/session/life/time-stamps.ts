import { isJsonObject, type JsonObject, type JsonValue } from '../../ocpp/json.ts';
import { booleanOf, instantOf, objectsOf } from '../energy/event-fields.ts';

/** Actions of a station whose requests hold the time of its clock. */
export const STAMPED_ACTIONS = [
  'StatusNotification',
  'TransactionEvent',
  'MeterValues',
  'StartTransaction',
  'StopTransaction',
  'NotifyEvent',
] as const;

/**
 * The latest time that a station put into a request, in milliseconds since 1970; undefined where there is none, or where
 * the message says that it tells of a time when the station was offline.
 */
export function stampOf(action: string, request: JsonValue | undefined): number | undefined {
  if (request === undefined || !isJsonObject(request)) return undefined;
  if (booleanOf(request, 'offline') === true) return undefined;
  const stamps = [instantOf(request, 'timestamp'), ...sampled(action, request)].filter((one) => one !== undefined);
  return stamps.length === 0 ? undefined : Math.max(...stamps);
}

function sampled(action: string, request: JsonObject): readonly (number | undefined)[] {
  if (action === 'NotifyEvent') return [instantOf(request, 'generatedAt')];
  if (action !== 'MeterValues' && action !== 'TransactionEvent') return [];
  return objectsOf(request, 'meterValue').map((value) => instantOf(value, 'timestamp'));
}
