import { isJsonObject, type JsonObject, type JsonValue } from '../../ocpp/json.ts';

/** Characters of a password: no variable takes a longer value (2.1 part 2, SetVariableDataType). */
const PASSWORD_MAX = 2500;

/** The password that a request of a CSMS sets; undefined where it sets none, or one that no station could take. */
export function passwordSet(action: string, request: JsonObject): string | undefined {
  const password = valueSet(action, request);
  return password !== undefined && password.length <= PASSWORD_MAX ? password : undefined;
}

function valueSet(action: string, request: JsonObject): string | undefined {
  if (action === 'ChangeConfiguration') {
    const { key, value } = request;
    const isKey = typeof key === 'string' && key.toLowerCase() === 'authorizationkey';
    return isKey && typeof value === 'string' ? value : undefined;
  }
  if (action !== 'SetVariables') return undefined;
  const set = list(request.setVariableData).findLast(isPassword);
  return typeof set?.attributeValue === 'string' ? set.attributeValue : undefined;
}

/** Whether a station accepts the password of a request of this action; if not, the one before goes on (A01.FR.04). */
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
