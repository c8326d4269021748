import { describe, expect, it } from 'vitest';
import { checkMessage } from './check-message.ts';
import type { EditedMessage } from './edited-message.ts';

const FRAME: EditedMessage = { version: '2.1', direction: 'to-csms', part: 'frame', action: null };
const BOOT = { reason: 'PowerUp', chargingStation: { model: 'One', vendorName: 'Plugscope' } };

/** Findings with the text at their places. */
function found(text: string, message: EditedMessage = FRAME): readonly (readonly [string, string | undefined])[] {
  const { findings, places } = checkMessage(text, message);
  return findings.map(({ rule }, index) => {
    const place = places[index];
    return [rule, place && text.slice(place.start, place.start + place.length)];
  });
}

describe('a frame that is being edited', () => {
  it('has no findings where it is valid, and is put in words', () => {
    const checked = checkMessage(JSON.stringify([2, 'b-1', 'BootNotification', BOOT]), FRAME);
    expect(checked).toMatchObject({ type: 'CALL', findings: [] });
    expect(checked.summary).toContain('PowerUp');
  });

  it('has its violations at their places', () => {
    const payload = { ...BOOT, reason: 'Boredom', chargingStation: { model: 7, vendorName: 'x', extra: {} } };
    expect(found(JSON.stringify([2, 'b-1', 'BootNotification', payload], null, 2))).toEqual(
      expect.arrayContaining([
        ['schema.enum', '"Boredom"'],
        ['schema.type', '7'],
        ['schema.additionalProperties', '"extra"'],
      ]),
    );
    const { reason: _, ...without } = BOOT;
    expect(found(JSON.stringify([2, 'b-1', 'BootNotification', without]))).toEqual([['schema.required', '{']]);
  });

  it('has faults of the frame itself at theirs', () => {
    expect(found('[2,"a","Heartbeat",{"now":}]')).toEqual([['frame.not-json', '}']]);
    expect(found('[2,"a","Heartbet",{}]')).toEqual([['action.unknown', '"Heartbet"']]);
    expect(found('[2,"a","Reset",{"type":"Immediate"}]')).toEqual([['action.wrong-direction', '"Reset"']]);
    expect(found(`[2,"${'x'.repeat(37)}","Heartbeat",{}]`)).toEqual([
      ['frame.message-id-too-long', `"${'x'.repeat(37)}"`],
    ]);
    expect(found('')).toHaveLength(1);
  });

  it('is judged as the answer that it is', () => {
    const answer: EditedMessage = { ...FRAME, direction: 'to-station', action: 'Heartbeat', messageId: 'h-1' };
    expect(found('[3,"h-1",{"currentTime":"2026-11-20T09:30:00Z"}]', answer)).toEqual([]);
    expect(found('[3,"h-1",{"currentTime":"soon"}]', answer)).toEqual([['schema.format', '"soon"']]);
    expect(found('[3,"h-2",{}]', answer)).toEqual([['rpc.response-orphan', '"h-2"']]);
    expect(found('[4,"h-1","NoSuchCode","",{}]', answer)).toEqual([['rpc.error-code-unknown', '"NoSuchCode"']]);
    expect(found('[3,"h-2",{}]', { ...answer, messageId: null })).toEqual([]);
  });

  it('has only its structure checked where no version was agreed', () => {
    expect(found('[2,"a","Whatever",{"x":1}]', { ...FRAME, version: null })).toEqual([]);
    expect(found('[2,"a"]', { ...FRAME, version: null })).toEqual([['frame.element-count', ']']]);
  });

  it('keeps its findings where it is nested too deep for their places', () => {
    const deep = `[2,"a","DataTransfer",{"vendorId":7,"data":${'['.repeat(20_000)}${']'.repeat(20_000)}}]`;
    expect(found(deep).map(([rule]) => rule)).toEqual(['schema.type']);
  });
});

describe('a payload that is being edited', () => {
  const request: EditedMessage = { ...FRAME, part: 'request', action: 'BootNotification' };

  it('is judged by the schema of its action', () => {
    expect(found(JSON.stringify(BOOT), request)).toEqual([]);
    expect(found('{"reason":1}', request)).toEqual(expect.arrayContaining([['schema.type', '1']]));
    expect(found('{"status":"Maybe"}', { ...request, part: 'response' })).toEqual(
      expect.arrayContaining([['schema.enum', '"Maybe"']]),
    );
  });

  it('must be JSON, and an object', () => {
    expect(found('{"reason":}', request)).toEqual([['frame.not-json', '}']]);
    expect(found('[1]', request)).toEqual([['frame.payload-not-object', '[']]);
    expect(found('{},{}', request)).toHaveLength(1);
  });

  it('may be that of a SEND', () => {
    const send: EditedMessage = { ...request, action: 'NotifyPeriodicEventStream' };
    expect(checkMessage('{"id":1,"pending":0,"basetime":"2026-11-20T09:30:00Z","data":[]}', send).type).toBe('SEND');
  });
});
