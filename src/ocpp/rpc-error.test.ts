import { describe, expect, it } from 'vitest';
import { isRpcErrorCode, RPC_ERROR_CODES_1_6, RPC_ERROR_CODES_2, wireErrorCode } from './rpc-error.ts';
import { OCPP_VERSIONS } from './version.ts';

describe('RPC error codes', () => {
  it('are the twelve of part 4, 4.3 in 2.x', () => {
    expect(new Set(RPC_ERROR_CODES_2).size).toBe(12);
    for (const version of ['2.0.1', '2.1'] as const) {
      expect(RPC_ERROR_CODES_2.every((code) => isRpcErrorCode(version, code))).toBe(true);
      expect(isRpcErrorCode(version, 'FormationViolation')).toBe(false);
      expect(isRpcErrorCode(version, 'OccurenceConstraintViolation')).toBe(false);
    }
  });

  it('are taken in both spellings in 1.6', () => {
    expect(RPC_ERROR_CODES_1_6.every((code) => isRpcErrorCode('1.6', code))).toBe(true);
    for (const code of ['FormationViolation', 'FormatViolation']) expect(isRpcErrorCode('1.6', code)).toBe(true);
    for (const code of ['OccurenceConstraintViolation', 'OccurrenceConstraintViolation']) {
      expect(isRpcErrorCode('1.6', code)).toBe(true);
    }
    for (const code of ['RpcFrameworkError', 'MessageTypeNotSupported', '']) {
      expect(isRpcErrorCode('1.6', code)).toBe(false);
    }
  });

  it('go out as the version knows them', () => {
    for (const version of OCPP_VERSIONS) {
      expect(RPC_ERROR_CODES_2.filter((code) => !isRpcErrorCode(version, wireErrorCode(version, code)))).toEqual([]);
    }
    expect(RPC_ERROR_CODES_2.map((code) => wireErrorCode('2.1', code))).toEqual([...RPC_ERROR_CODES_2]);
  });

  it('keep the misspellings of 1.6 (1.6-J errata 5.1, 5.2)', () => {
    expect(wireErrorCode('1.6', 'FormatViolation')).toBe('FormationViolation');
    expect(wireErrorCode('1.6', 'OccurrenceConstraintViolation')).toBe('OccurenceConstraintViolation');
    expect(wireErrorCode('1.6', 'NotImplemented')).toBe('NotImplemented');
  });
});
