import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../session/finding.ts';
import { layOut } from './places.ts';

const finding = (place: Partial<Finding>): Finding => ({
  severity: 'error',
  rule: 'schema.type',
  requirements: [],
  sentence: '',
  ...place,
});

function marked(raw: string, type: Parameters<typeof layOut>[1], findings: Finding[]): (string | undefined)[] {
  const { text, places } = layOut(raw, type, findings);
  return places.map((place) => place && text.slice(place.start, place.start + place.length));
}

describe('findings in a frame', () => {
  it('start at the payload, wherever the type has it', () => {
    const findings = [finding({ pointer: '/a' })];
    expect(marked('[2,"i","X",{"a":1}]', 'CALL', findings)).toEqual(['1']);
    expect(marked('[6,"i","X",{"a":1}]', 'SEND', findings)).toEqual(['1']);
    expect(marked('[3,"i",{"a":1}]', 'CALLRESULT', findings)).toEqual(['1']);
    expect(marked('[4,"i","c","d",{"a":1}]', 'CALLERROR', findings)).toEqual(['1']);
    expect(marked('[5,"i","c","d",{"a":1}]', 'CALLRESULTERROR', findings)).toEqual(['1']);
  });

  it('keep their order, and those without a place have none', () => {
    const findings = [
      finding({}),
      finding({ pointer: '/b' }),
      finding({ pointer: '/none' }),
      finding({ pointer: '/a' }),
    ];
    expect(marked('[3,"i",{"a":1,"b":2}]', 'CALLRESULT', findings)).toEqual([undefined, '2', undefined, '1']);
  });

  it('stand at their offset in what is no JSON', () => {
    expect(marked('[2,"i",oops]', 'malformed', [finding({ offset: 7 })])).toEqual(['o']);
  });

  it('may concern the whole payload', () => {
    expect(marked('[2,"i","X",{"a":1}]', 'CALL', [finding({ pointer: '' })])).toEqual(['{']);
  });
});
