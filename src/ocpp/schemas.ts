import { Ajv, type Options, type ValidateFunction } from 'ajv';
import { FORMATS } from './formats.ts';
import type { JsonObject } from './json.ts';
import { type PayloadKind, schemaOf } from './official-schemas.ts';
import { OCPP_VERSIONS, type OcppVersion } from './version.ts';
import type { Violation } from './violation.ts';
import { furtherViolations, VIOLATIONS_MAX, violationOf } from './violations.ts';

/** In a payload with more values than this, only the first violation is looked for. */
const VALUES_MAX = 20_000;

/** Checks payloads against the official schemas. */
export interface PayloadValidator {
  /**
   * Where a payload breaks its schema: nowhere for a valid one, and for an action that the version lacks. `request`
   * stands for the payload of a CALL or a SEND. At most 50 are listed; one more with the rule `more` then tells of
   * the rest. Never throws, whatever the payload is.
   */
  validate(version: OcppVersion, action: string, kind: PayloadKind, payload: JsonObject): readonly Violation[];
}

const NONE: readonly Violation[] = [];

/** `multipleOfPrecision`: in binary fractions 0.3 is no multiple of 0.1, which is the step of limits in 1.6. */
const OPTIONS: Options = {
  strict: false,
  multipleOfPrecision: 6,
  formats: FORMATS,
  validateSchema: false,
  logger: false,
};

/** A validator; it compiles each schema when it is first used, and keeps it. */
export function createValidator(): PayloadValidator {
  const first = compiler({ ...OPTIONS, allErrors: false, verbose: true });
  const all = compiler({ ...OPTIONS, allErrors: true, verbose: true });
  return {
    validate(version, action, kind, payload) {
      const check = first(version, action, kind);
      if (check === undefined || check(payload)) return NONE;
      if (isLarge(payload)) return listed(check, 'The payload is too large to list more than its first violation.');
      check.errors = null;
      const checkAll = all(version, action, kind);
      if (checkAll === undefined || checkAll(payload)) return NONE;
      return listed(checkAll, undefined);
    },
  };
}

/** Compiles schemas on demand. To look one up allocates nothing. */
function compiler(options: Options) {
  const ajv = new Ajv(options);
  const compiled = Object.fromEntries(
    OCPP_VERSIONS.map((version) => [version, { request: new Map(), response: new Map() }]),
  ) as Record<OcppVersion, Record<PayloadKind, Map<string, ValidateFunction>>>;
  return (version: OcppVersion, action: string, kind: PayloadKind): ValidateFunction | undefined => {
    const known = compiled[version][kind].get(action);
    if (known !== undefined) return known;
    const schema = schemaOf(version, action, kind);
    if (schema === undefined) return undefined;
    const validate = ajv.compile(schema);
    compiled[version][kind].set(action, validate);
    return validate;
  };
}

/** The violations that a check has just found. It lets go of them: they hold the payload. */
function listed(check: ValidateFunction, more: string | undefined): readonly Violation[] {
  const errors = check.errors ?? [];
  check.errors = null;
  const violations = errors.slice(0, VIOLATIONS_MAX).map(violationOf);
  const rest = errors.length - violations.length;
  const sentence = rest > 0 ? `There are ${rest} further violations.` : more;
  if (sentence === undefined || violations[0] === undefined) return violations;
  const found = rest > 0 ? `${rest} further violations` : 'a very large payload';
  return [...violations, furtherViolations(found, sentence, violations[0].errorCode)];
}

/** Whether a payload has so many values that its violations might not fit into memory. */
function isLarge(payload: JsonObject): boolean {
  const open: unknown[] = [payload];
  let seen = 1;
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    const children = Array.isArray(value) ? value : Object.values(value);
    seen += children.length;
    if (seen > VALUES_MAX) return true;
    for (const child of children) open.push(child);
  }
  return false;
}
