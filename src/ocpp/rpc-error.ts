import type { OcppVersion } from './version.ts';

/** Error codes of OCPP 2.0.1 and 2.1 (part 4, 4.3). */
export const RPC_ERROR_CODES_2 = [
  'FormatViolation',
  'GenericError',
  'InternalError',
  'MessageTypeNotSupported',
  'NotImplemented',
  'NotSupported',
  'OccurrenceConstraintViolation',
  'PropertyConstraintViolation',
  'ProtocolError',
  'RpcFrameworkError',
  'SecurityError',
  'TypeConstraintViolation',
] as const;

/** What can be wrong with a request, named once for all versions by the codes of 2.x. */
export type RpcErrorCode = (typeof RPC_ERROR_CODES_2)[number];

/**
 * Error codes of 1.6-J table 7. Two are misspelled there, and the errata (5.1, 5.2) keep it so, for a correction would
 * break implementations. Stations in the field send either spelling, so both are accepted.
 */
export const RPC_ERROR_CODES_1_6 = [
  'NotImplemented',
  'NotSupported',
  'InternalError',
  'ProtocolError',
  'SecurityError',
  'FormationViolation',
  'FormatViolation',
  'PropertyConstraintViolation',
  'OccurenceConstraintViolation',
  'OccurrenceConstraintViolation',
  'TypeConstraintViolation',
  'GenericError',
] as const;

const ACCEPTED: Readonly<Record<OcppVersion, ReadonlySet<string>>> = {
  '1.6': new Set(RPC_ERROR_CODES_1_6),
  '2.0.1': new Set(RPC_ERROR_CODES_2),
  '2.1': new Set(RPC_ERROR_CODES_2),
};

/** Whether a version knows the error code of a CALLERROR or CALLRESULTERROR. */
export function isRpcErrorCode(version: OcppVersion, code: string): boolean {
  return ACCEPTED[version].has(code);
}

/**
 * 1.6 has neither RpcFrameworkError nor MessageTypeNotSupported, and misspells two codes. Of its own codes,
 * FormationViolation says best that a frame is not built as a call is; ProtocolError is for an incomplete payload.
 */
const SPELLING_1_6: Readonly<Partial<Record<RpcErrorCode, string>>> = {
  FormatViolation: 'FormationViolation',
  OccurrenceConstraintViolation: 'OccurenceConstraintViolation',
  RpcFrameworkError: 'FormationViolation',
  MessageTypeNotSupported: 'NotSupported',
};

/** The code to put on the wire for a version. */
export function wireErrorCode(version: OcppVersion, code: RpcErrorCode): string {
  return version === '1.6' ? (SPELLING_1_6[code] ?? code) : code;
}
