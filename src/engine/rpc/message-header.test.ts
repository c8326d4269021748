import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFrame } from '../../ocpp/frame.ts';
import { readHeader, withMessageId } from './message-header.ts';

const header = (text: string) => {
  const read = readHeader(Buffer.from(text));
  return read && { type: read.type, id: read.id, action: read.action };
};

describe('the header of a frame', () => {
  it.each([
    ['[2,"1","Heartbeat",{}]', 2, '1', 'Heartbeat'],
    [' [\n2 ,\t"1" , "Heartbeat" , {} ]', 2, '1', 'Heartbeat'],
    ['[3,"1",{"a":1}]', 3, '1', undefined],
    ['[4,"\\u0031\\"","E","",{}]', 4, '1"', undefined],
    ['[6,"ä€😀","N",{}]', 6, 'ä€😀', 'N'],
    ['[2.0,"1","A",{}]', 2, '1', 'A'],
    ['[20e-1,"1","A",{}]', 2, '1', 'A'],
    ['[-7,"1"]', -7, '1', undefined],
    ['[2,"1"]', 2, '1', undefined],
    ['[2,"1",5,{}]', 2, '1', undefined],
    ['[3,"1",{broken', 3, '1', undefined],
    ['[2,"","A",{}]', 2, '', 'A'],
  ])('%s', (text, type, id, action) => {
    expect(header(text)).toEqual({ type, id, action });
  });

  it.each([
    '',
    '[',
    '[2',
    '[2,',
    '[2,"1',
    '[2,1,"A",{}]',
    '["2","1"]',
    '{}',
    '[,"1"]',
    '[2 "1"]',
    '[2,"\\x","A"]',
    '[2,"\\',
  ])('is not there: %s', (text) => {
    expect(header(text)).toBeUndefined();
  });

  it('is not looked for in strings without end', () => {
    expect(header(`[2,"${'x'.repeat(70_000)}","A",{}]`)).toBeUndefined();
  });

  it('says of every frame what parsing it all says', () => {
    // Any character; the units of fast-check itself take seconds to make.
    const codePoint = fc.oneof(fc.integer({ max: 0xd7ff, min: 0 }), fc.integer({ max: 0x10ffff, min: 0xe000 }));
    const text = fc.string({ unit: codePoint.map((one) => String.fromCodePoint(one)) });
    const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/);
    const frame = fc
      .tuple(fc.constantFrom(2, 3, 4, 6), text, text, fc.array(space, { minLength: 6, maxLength: 6 }))
      .map(([type, id, name, [a, b, c, d, e, f]]) => {
        const rest =
          type === 3 ? ['{}'] : type === 4 ? [JSON.stringify(name), '""', '{}'] : [JSON.stringify(name), '{}'];
        return `${a}[${b}${type}${c},${d}${JSON.stringify(id)}${e},${f}${rest.join(',')}]`;
      });
    fc.assert(
      fc.property(frame, (text) => {
        const parsed = parseFrame(text, '2.1');
        if (!parsed.ok) throw new Error(parsed.malformed.flaw.sentence);
        const { messageId } = parsed.message;
        const action = 'action' in parsed.message ? parsed.message.action : undefined;
        expect(header(text)).toMatchObject({ id: messageId.toWellFormed(), action: action?.toWellFormed() });
      }),
      { numRuns: 100 },
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void readHeader(bytes)));
    fc.assert(fc.property(fc.stringMatching(/^[[\]2",\\u 1{]*$/), (text) => void readHeader(Buffer.from(text))));
  });
});

describe('another message id', () => {
  it('leaves every other byte as it is', () => {
    const data = Buffer.concat([Buffer.from(' [ 3, "\\u0031" , {"a": 1.0, "'), Buffer.of(0xff), Buffer.from('":2}]')]);
    const read = readHeader(data);
    const changed = read && withMessageId(data, read, 'x"y');
    expect(Buffer.from(changed ?? []).toString('latin1')).toBe(` [ 3, "x\\"y" , {"a": 1.0, "\xff":2}]`);
  });
});
