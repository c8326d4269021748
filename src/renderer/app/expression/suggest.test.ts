import { describe, expect, it } from 'vitest';
import { schemaKnowledge } from '../../../session/filter/schema-knowledge.ts';
import { earlierOffers, offersFor } from './suggest.ts';

const knowledge = schemaKnowledge({
  stations: ['CS-0001', 'CS-0002'],
  actions: ['Authorize'],
  rules: ['schema.required'],
});

/** The offers at the caret, which is marked with a bar. */
function at(marked: string) {
  const caret = marked.indexOf('|');
  return offersFor({ text: marked.replace('|', ''), caret }, knowledge);
}

/** The expression, with a bar at the caret, once an offer is chosen. */
function chosen(marked: string, label: string): string | undefined {
  const offer = at(marked).find((each) => each.label === label);
  if (!offer) return undefined;
  const { text, caret } = offer.accept();
  return `${text.slice(0, caret)}|${text.slice(caret)}`;
}

describe('what is offered while a filter is written', () => {
  it.each([
    ['|', 'action', 'action |'],
    ['act|', 'action', 'action |'],
    ['action |', '==', 'action == |'],
    ['action == |', '"Authorize"', 'action == "Authorize" |'],
    ['station == "CS|', '"CS-0002"', 'station == "CS-0002" |'],
    ['station |', 'in', 'station in [|'],
    ['payl|', 'payload', 'payload.|'],
    ['action == "TransactionEvent" and payload.ev|', 'evse', 'action == "TransactionEvent" and payload.evse.|'],
    ['action == "MeterValues" and payload.me|', 'meterValue', 'action == "MeterValues" and payload.meterValue[*].|'],
    [
      'action == "TransactionEvent" and payload.eventType == |',
      '"Started"',
      'action == "TransactionEvent" and payload.eventType == "Started" |',
    ],
    ['act| == "Authorize"', 'action', 'action |== "Authorize"'],
    ['edited |', 'and', 'edited and |'],
  ])('in %j, %s leads to %j', (marked, label, result) => {
    expect(chosen(marked, label)).toBe(result);
  });

  it('describes fields and properties', () => {
    expect(at('lat|').find(({ label }) => label === 'latency')?.detail).toMatch(/time since/);
    const event = at('action == "TransactionEvent" and payload.eventT|')[0];
    expect(event).toMatchObject({ label: 'eventType', detail: expect.stringContaining('type of this event') });
  });

  it('offers to look for plain words as they are', () => {
    expect(at('0xDEAD|').at(-1)).toMatchObject({ kind: 'search', label: '"0xDEAD"' });
    expect(at('SoC 61|').at(-1)).toMatchObject({ kind: 'search', label: '"SoC 61"' });
    expect(at('size > 5|').some(({ kind }) => kind === 'search')).toBe(false);
    expect(at('action |').some(({ kind }) => kind === 'search')).toBe(false);
  });

  it('does not offer what is there already', () => {
    expect(at('edited|').map(({ label }) => label)).not.toContain('edited');
    expect(at('action == Authorize|')).toEqual([]);
  });
});

describe('the filters of before', () => {
  it('are offered as they were', () => {
    expect(earlierOffers(['c', 'a'])[0]?.accept()).toEqual({ text: 'c', caret: 1 });
  });
});
