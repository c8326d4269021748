import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../ocpp/json.ts';
import type { FieldRef } from '../../session/filter/ast.ts';
import { readFilter } from '../../session/filter/check.ts';
import { filterText } from '../../session/filter/print.ts';
import { type FilterHow, filterOn, filterWith } from './filter-actions.ts';

const station: FieldRef = { kind: 'row', name: 'station' };
const measurand: FieldRef = {
  kind: 'payload',
  side: 'payload',
  path: [{ kind: 'key', name: 'meterValue' }, { kind: 'any' }, { kind: 'key', name: 'odd name' }],
};

/** Any text, lone surrogates and controls among it. */
const anyText = (least: number) =>
  fc.array(fc.nat(0xffff), { minLength: least, maxLength: 12 }).map((units) => String.fromCharCode(...units));

describe('filter on this', () => {
  it.each<[string, FieldRef, JsonValue, FilterHow, string]>([
    ['', station, 'CS-1', 'and', 'station == "CS-1"'],
    ['action == Heartbeat', station, 'CS-1', 'and', 'action == Heartbeat and station == "CS-1"'],
    ['action == Heartbeat', station, 'CS-1', 'exclude', 'action == Heartbeat and station != "CS-1"'],
    ['action == Heartbeat', station, 'CS-1', 'only', 'station == "CS-1"'],
    ['  size>1 ||  edited', station, 'CS-1', 'and', '(size>1 ||  edited) and station == "CS-1"'],
    ['station == "CS-1" and edited', station, 'CS-1', 'and', 'station == "CS-1" and edited'],
    ['', measurand, 'SoC', 'and', 'payload.meterValue[*]["odd name"] == "SoC"'],
    ['', measurand, { a: 1 }, 'exclude', 'not payload.meterValue[*]["odd name"]'],
    ['', { kind: 'row', name: 'type' }, 'CALLRESULT', 'and', 'type == result'],
    ['', { kind: 'row', name: 'direction' }, 'to-csms', 'exclude', 'direction != to-csms'],
    ['', { kind: 'row', name: 'version' }, '2.0.1', 'and', 'version == 2.0.1'],
    ['no filter ((', station, 'CS-1', 'and', 'station == "CS-1"'],
  ])('%j with %j %j (%s) is %j', (text, field, value, how, result) => {
    expect(filterWith(text, field, value, how)).toBe(result);
  });

  it('yields a filter that can be used, whatever the value is', () => {
    fc.assert(
      fc.property(anyText(0), fc.constantFrom<FilterHow>('and', 'exclude'), (value, how) => {
        const { filter, problems } = readFilter(filterWith('edited', station, value, how));
        expect(problems).toEqual([]);
        expect(filter).toMatchObject({
          kind: 'and',
          operands: [{}, { value: { kind: 'string', value: value.toWellFormed() } }],
        });
        expect(filter && readFilter(filterText(filter)).filter).toEqual(filter);
      }),
      { numRuns: 60 },
    );
  });

  it('adds to the filter on screen', async () => {
    const shown: string[] = [];
    const feed = { state: { getState: () => ({ filter: 'edited' }) } };
    const workbench = { feed, filter: async (text: string) => void shown.push(text) };
    await filterOn(workbench, station, 'A', 'and');
    expect(shown).toEqual(['edited and station == "A"']);
  });
});
