import { isJsonObject, type JsonObject, type JsonValue } from '../../ocpp/json.ts';

/**
 * The password that a station has from now on, where a CSMS set it over OCPP and the station has accepted it: then the
 * old one does not count any more (A01.FR.03; 1.6 AuthorizationKey likewise). Undefined for anything else, and where the
 * station did not accept it (A01.FR.04).
 */
export function changedPassword(action: string, request: JsonObject, response: JsonObject): string | undefined {
  return acceptsPassword(action, response) ? passwordSet(action, request) : undefined;
}

/** The password that a request of a CSMS sets; undefined where it sets none. */
export function passwordSet(action: string, request: JsonObject): string | undefined {
  if (action === 'ChangeConfiguration') {
    const { key, value } = request;
    const isKey = typeof key === 'string' && key.toLowerCase() === 'authorizationkey';
    return isKey && typeof value === 'string' ? value : undefined;
  }
  if (action !== 'SetVariables') return undefined;
  const set = list(request.setVariableData).findLast(isPassword);
  return typeof set?.attributeValue === 'string' ? set.attributeValue : undefined;
}

/** Whether a station accepts the password of a request of this action. */
export function acceptsPassword(action: string, response: JsonObject): boolean {
  if (action === 'ChangeConfiguration') return response.status === 'Accepted';
  return list(response.setVariableResult).some((result) => isPassword(result) && result.attributeStatus === 'Accepted');
}

function isPassword(item: JsonObject): boolean {
  return nameOf(item.component) === 'securityctrlr' && nameOf(item.variable) === 'basicauthpassword';
}

/** Names of components and variables are case-insensitive. */
function nameOf(value: JsonValue | undefined): string | undefined {
  const name = isJsonObject(value) ? value.name : undefined;
  return typeof name === 'string' ? name.toLowerCase() : undefined;
}

function list(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
