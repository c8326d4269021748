import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../ocpp/json.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';
import { fieldHelpAt } from './field-help.ts';

/** Help on what a text marked by `|` stands at. */
function help(marked: string, more: { version?: OcppVersion | null; action?: string | null } = {}) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const message = { version: '2.1', direction: 'to-csms', part: 'frame', action: null, ...more } as const;
  return fieldHelpAt(text, offset, message, JSON.parse(text) as JsonValue);
}

describe('help on a field', () => {
  it('says what the schema of the action says', () => {
    expect(help('[2,"1","TransactionEvent",{"evse":{"|id":1}}]')).toMatchObject({
      path: 'evse.id',
      field: {
        kind: 'payload',
        side: 'payload',
        path: [
          { kind: 'key', name: 'evse' },
          { kind: 'key', name: 'id' },
        ],
      },
      value: 1,
      limits: 'integer, at least 0, required',
      values: [],
    });
  });

  it('takes the side and the version', () => {
    const answer = '[3,"1",{"|status":"Accepted"}]';
    expect(help(answer, { action: 'BootNotification' })?.values).toEqual(['Accepted', 'Pending', 'Rejected']);
    expect(help(answer, { action: 'Reset', version: '1.6' })?.values).toEqual(['Accepted', 'Rejected']);
    expect(help(answer)?.description).toContain('call that this answers is not known');
  });

  it('stands for any item of a list, and says which one it is', () => {
    expect(help('[2,"1","MeterValues",{"evseId":1,"meterValue":[{"timestamp":"|x"}]}]')).toMatchObject({
      path: 'meterValue[0].timestamp',
      field: { path: [{ kind: 'key', name: 'meterValue' }, { kind: 'any' }, { kind: 'key', name: 'timestamp' }] },
      limits: 'point in time (RFC 3339), required',
    });
  });

  it('says what no schema knows', () => {
    const call = (payload: string): string => `[2,"1","Heartbeat",${payload}]`;
    expect(help(call('{"|x":1}'))?.description).toBe('Not in the schema of this message in OCPP 2.1.');
    expect(help(call('{"customData":{"vendorId":"v","|x":1}}'))?.description).toContain('up to the vendor');
    expect(help(call('{"customData":{"|vendorId":"v"}}'))?.limits).toContain('required');
    expect(help('[2,"1","Nonsense",{"|x":1}]')?.description).toContain('has no such action');
    expect(help(call('{"|x":1}'), { version: null })?.description).toContain('No OCPP version');
    expect(help('[4,"1","InternalError","",{"|x":1}]')?.description).toContain('leaves them open');
  });

  it('knows what stands before the payload', () => {
    expect(help('[|2,"1","Heartbeat",{}]')).toMatchObject({ path: 'message type', description: 'CALL' });
    expect(help('[2,"|1","Heartbeat",{}]')).toMatchObject({ field: { kind: 'row', name: 'messageId' }, value: '1' });
    expect(help('[2,"1","Heart|beat",{}]')).toMatchObject({
      field: { kind: 'row', name: 'action' },
      description: 'Sent by the charging station.',
    });
    expect(help('[4,"1","Internal|Error","",{}]')?.field).toEqual({ kind: 'row', name: 'errorCode' });
  });

  it('has nothing to say between values', () => {
    expect(help('[2,"1","Heartbeat", | {}]')).toBeNull();
  });
});
