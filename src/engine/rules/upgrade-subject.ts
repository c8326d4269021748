import type { FilterSubject } from '../../session/filter/subject.ts';

/** A station that asks to be connected, as filters see it: `station` and `kind == opened` have a meaning. */
export function upgradeSubject(station: string, wall: number): FilterSubject {
  return {
    row: {
      entry: 0,
      kind: 'opened',
      wall,
      link: 0,
      station,
      version: null,
      direction: 'to-csms',
      type: null,
      action: null,
      messageId: null,
      summary: '',
      call: null,
      answer: null,
      latency: null,
      severity: null,
      findings: 0,
      size: 0,
      origin: null,
      original: null,
      fate: null,
    },
    conversation: 0,
    text: () => undefined,
    findingRules: () => [],
    counterpart: () => undefined,
  };
}
