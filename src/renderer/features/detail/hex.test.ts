import { describe, expect, it } from 'vitest';
import { bytesOf, hexLine } from './hex.ts';

describe('the hex view', () => {
  it('shows a full line', () => {
    const data = new TextEncoder().encode('[2,"a","Heartbeat",{}]');
    expect(hexLine(data, 0)).toEqual({
      offset: '00000000',
      hex: '5b 32 2c 22 61 22 2c 22  48 65 61 72 74 62 65 61',
      ascii: '[2,"a","Heartbea',
    });
  });

  it('keeps the width of a line that is not full', () => {
    const line = hexLine(Uint8Array.of(0x00, 0x1b, 0xff, 0x41), 0);
    expect(line.hex).toHaveLength(48);
    expect(line.ascii).toBe('···A');
    expect(hexLine(new Uint8Array(40), 2).offset).toBe('00000020');
  });

  it('reads base64', () => expect(bytesOf('AP8Q')).toEqual(Uint8Array.of(0, 255, 16)));
});
