import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binaryFrame, type FlawCode, messageTypeName, notUtf8Frame, type ParsedFrame, parseFrame } from './frame.ts';
import { OCPP_VERSIONS, type OcppVersion } from './version.ts';

const ID_36 = '123456789012345678901234567890123456';

/** The flaws of a frame, whether or not they hide its meaning. */
function flawsOf(frame: ParsedFrame) {
  return frame.ok ? frame.flaws : [frame.malformed.flaw];
}

function malformed(text: string, version?: OcppVersion) {
  const frame = parseFrame(text, version);
  if (frame.ok) throw new Error('This is a message');
  return frame.malformed;
}

describe('a message', () => {
  it.each(OCPP_VERSIONS)('is read in its three old forms, in %s', (version) => {
    expect(parseFrame('[2,"a","Heartbeat",{}]', version)).toEqual({
      ok: true,
      flaws: [],
      message: { type: 'CALL', messageId: 'a', action: 'Heartbeat', payload: {} },
    });
    expect(parseFrame(' [3, "a", {"currentTime": "x"}] \n', version)).toEqual({
      ok: true,
      flaws: [],
      message: { type: 'CALLRESULT', messageId: 'a', payload: { currentTime: 'x' } },
    });
    expect(parseFrame('[4,"a","NotSupported","",{}]', version)).toEqual({
      ok: true,
      flaws: [],
      message: { type: 'CALLERROR', messageId: 'a', errorCode: 'NotSupported', errorDescription: '', errorDetails: {} },
    });
  });

  it('is read in the two forms of 2.1, also where no version is known', () => {
    for (const version of ['2.1', undefined] as const) {
      expect(parseFrame('[5,"a","FormatViolation","why",{"b":1}]', version)).toMatchObject({
        ok: true,
        message: { type: 'CALLRESULTERROR', errorDescription: 'why', errorDetails: { b: 1 } },
      });
      expect(parseFrame('[6,"a","NotifyPeriodicEventStream",{"id":1}]', version)).toMatchObject({
        ok: true,
        message: { type: 'SEND', action: 'NotifyPeriodicEventStream', payload: { id: 1 } },
      });
    }
  });

  it('may have an id of 36 characters, however many code units they take', () => {
    for (const id of [ID_36, '-1', '😀'.repeat(36)]) {
      expect(parseFrame(JSON.stringify([2, id, 'Heartbeat', {}]))).toMatchObject({ ok: true, flaws: [] });
    }
  });
});

/** Each flaw with a frame that has it, the element that is at fault, and a word of its sentence. */
const EXAMPLES: Readonly<Record<Exclude<FlawCode, 'binary' | 'not-utf-8'>, readonly [string, number?, string?][]>> = {
  'not-json': [
    ['', undefined, 'value expected at offset 0'],
    ['hello', undefined, 'invalid symbol at offset 0'],
    ['[2,"a","Heartbeat",{}', undefined, 'offset 21'],
    ['[2,"a","Heartbeat",{"x":1,}]', undefined, 'offset 26'],
    ['\ufeff[2,"a","Heartbeat",{}]', undefined, 'offset 0'],
    ['[2,"a","Heartbeat",{}]//', undefined, 'offset 22'],
    ['[2,"a\n","Heartbeat",{}]', undefined, 'offset 3'],
  ],
  'not-array': [['{}'], ['null'], ['"[2]"', undefined, 'the string "[2]"'], ['2', undefined, 'the number 2']],
  'message-type-unknown': [
    ['[]', 0, 'empty'],
    ['[1,"a","Heartbeat",{}]', 0, 'the number 1'],
    ['[7,"a","Heartbeat",{}]', 0],
    ['[2.5,"a","Heartbeat",{}]', 0],
    ['["2","a","Heartbeat",{}]', 0, 'the string "2"'],
    ['[null,"a"]', 0, 'null'],
    ['[[[]]]', 0, 'an array of 1'],
  ],
  'message-type-not-in-version': [
    ['[5,"a","FormatViolation","",{}]', 0, 'CALLRESULTERROR'],
    ['[6,"a","Heartbeat",{}]', 0, 'SEND'],
  ],
  'message-id-missing': [
    ['[2]', 1],
    ['[3]', 1],
  ],
  'message-id-not-string': [
    ['[2,1,"Heartbeat",{}]', 1, 'the number 1'],
    ['[2,null,"Heartbeat",{}]', 1],
    ['[2,["a"],"Heartbeat",{}]', 1],
  ],
  'message-id-empty': [['[2,"","Heartbeat",{}]', 1]],
  'message-id-too-long': [[`[2,"${ID_36}7","Heartbeat",{}]`, 1, '37 characters']],
  'element-count': [
    ['[2,"a"]', 2, '4 elements; this one has 2'],
    ['[2,"a","Heartbeat"]', 3],
    ['[2,"a","Heartbeat",{},{}]', 4],
    ['[3,"a"]', 2],
    ['[3,"a",{},{}]', 3],
    ['[4,"a","GenericError",""]', 4],
    ['[4,"a","GenericError","",{},1]', 5],
  ],
  'action-not-string': [
    ['[2,"a",1,{}]', 2, 'the number 1'],
    ['[2,"a",{},"Heartbeat"]', 2],
  ],
  'payload-null': [
    ['[2,"a","Heartbeat",null]', 3],
    ['[3,"a",null]', 2],
  ],
  'payload-not-object': [
    ['[2,"a","Heartbeat",[]]', 3, 'an array of 0'],
    ['[2,"a","Heartbeat","{}"]', 3],
    ['[3,"a",false]', 2, 'the boolean false'],
  ],
  'error-code-not-string': [['[4,"a",500,"",{}]', 2]],
  'error-description-not-string': [['[4,"a","GenericError",null,{}]', 3]],
  'error-details-not-object': [
    ['[4,"a","GenericError","",null]', 4],
    ['[4,"a","GenericError","",[]]', 4],
  ],
};

describe('a flaw', () => {
  const rows = Object.entries(EXAMPLES).flatMap(([code, examples]) =>
    examples.map(([text, element, words]) => ({ code, text, element, words })),
  );
  it.each(rows)('$code: $text', ({ code, text, element, words }) => {
    const [flaw, ...others] = flawsOf(parseFrame(text, '2.0.1'));
    expect(others).toEqual([]);
    expect(flaw).toMatchObject({ code });
    expect(flaw?.element).toBe(element);
    expect(flaw?.sentence).toContain(words ?? '');
    expect(flaw?.sentence).toMatch(/^[A-Z].*\.$/);
  });

  it('leaves the message readable where its meaning is plain', () => {
    const long = parseFrame(`[2,"${ID_36}7","Heartbeat",null]`);
    expect(long).toMatchObject({ ok: true, message: { action: 'Heartbeat', payload: {} } });
    expect(flawsOf(long).map(({ code }) => code)).toEqual(['message-id-too-long', 'payload-null']);
  });

  it('tells what could be read of a malformed frame, so that it can be answered', () => {
    expect(malformed('[2,"a","Heartbeat",[]]')).toMatchObject({
      messageTypeNumber: 2,
      messageId: 'a',
      action: 'Heartbeat',
    });
    expect(malformed('[9,"a",{}]')).toMatchObject({ messageTypeNumber: 9, messageId: 'a' });
    expect(malformed('[3,"a","Heartbeat",{}]').action).toBeUndefined();
    expect(malformed('[2,5,"Heartbeat",{}]').messageId).toBeUndefined();
  });

  it.each(['1.6', '2.0.1'] as const)('is a type of 2.1 in %s', (version) => {
    for (const [text] of EXAMPLES['message-type-not-in-version']) {
      expect(malformed(text, version).flaw).toMatchObject({ code: 'message-type-not-in-version' });
      expect(malformed(text, version).flaw.sentence).toContain(version);
      expect(parseFrame(text, '2.1').ok).toBe(true);
    }
  });

  it('of a frame that is no text is told by those who saw its bytes', () => {
    expect(binaryFrame(12).flaw).toMatchObject({ code: 'binary', sentence: expect.stringContaining('12 bytes') });
    expect(notUtf8Frame(3).flaw).toMatchObject({ code: 'not-utf-8', offset: 3 });
  });

  it('never repeats more than a little of what the peer sent', () => {
    const long = 'x'.repeat(10_000);
    for (const frame of [`"${long}"`, `["${long}"]`, `[2,"a",2,"${long}"]`, `[2,"a","b","${long}"]`, `[2,"${long}"]`]) {
      expect(flawsOf(parseFrame(frame))[0]?.sentence.length).toBeLessThan(200);
    }
    expect(malformed('["\\u001b[2J\\u009b"]').flaw.sentence).toContain('"\\u001b[2J\\u009b"');
  });
});

describe('hostile text', () => {
  it('of 100,000 nested brackets is told for what it is, open or closed', () => {
    expect(malformed('['.repeat(100_000)).flaw.code).toBe('not-json');
    expect(malformed('['.repeat(100_000) + ']'.repeat(100_000)).flaw.code).toBe('message-type-unknown');
  });

  it('of 100,000 nested brackets as payload keeps its id, so that it can be answered', () => {
    const nest = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(malformed(`[2,"a","Heartbeat",${nest}]`)).toMatchObject({
      messageId: 'a',
      flaw: { code: 'payload-not-object' },
    });
    expect(parseFrame(`[2,"a","DataTransfer",{"data":${nest}}]`).ok).toBe(true);
  });

  it('of millions of nested brackets is not read to its end, but brackets in strings are no nesting', () => {
    expect(malformed('[{"\\\\":'.repeat(1_000_000)).flaw).toMatchObject({ code: 'not-json', offset: 100_000 * 7 });
    const brackets = JSON.stringify('["\\{'.repeat(250_000));
    expect(parseFrame(`[2,"a","DataTransfer",{"vendorId":${brackets}}]`).ok).toBe(true);
    expect(parseFrame(`[2,"a","DataTransfer",{"data":[${'[],{},'.repeat(250_000)}0]}]`).ok).toBe(true);
  });

  it('of 16 MB is read, or its first fault is told', () => {
    const frame = parseFrame(`[2,"a","DataTransfer",{"vendorId":"v","data":"${'x'.repeat(1 << 24)}"}]`);
    expect(frame).toMatchObject({ ok: true, flaws: [], message: { action: 'DataTransfer' } });
    expect(malformed(`[${'x '.repeat(1 << 23)}`).flaw).toMatchObject({ code: 'not-json', offset: 1 });
  });

  it('with __proto__ keys changes no prototype', () => {
    const frame = parseFrame(
      '[2,"a","Heartbeat",{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}]',
    );
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    if (!frame.ok || frame.message.type !== 'CALL') throw new Error('This is a CALL');
    expect(Object.keys(frame.message.payload)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(frame.message.payload)).toBe(Object.prototype);
  });

  it('never makes the parser throw', () => {
    const version = fc.option(fc.constantFrom(...OCPP_VERSIONS), { nil: undefined });
    fc.assert(fc.property(fc.string({ unit: 'binary' }), version, (text, v) => void parseFrame(text, v)));
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), version, (elements, v) => {
        const frame = parseFrame(JSON.stringify(elements), v);
        expect(flawsOf(frame).every(({ sentence }) => sentence.length < 300)).toBe(true);
      }),
    );
    const nearly = fc.tuple(fc.integer({ min: 0, max: 8 }), fc.jsonValue(), fc.jsonValue(), fc.jsonValue());
    fc.assert(fc.property(nearly, version, (elements, v) => void parseFrame(JSON.stringify(elements), v)));
  });
});

describe('message type numbers', () => {
  it('have the names of the specification', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map(messageTypeName)).toEqual([
      undefined,
      ...['CALL', 'CALLRESULT', 'CALLERROR', 'CALLRESULTERROR', 'SEND'],
      undefined,
    ]);
  });
});
