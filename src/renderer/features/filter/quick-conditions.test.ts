import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type QuickField, quickValue, withQuickValue } from './quick-conditions.ts';

/** Any text, lone surrogates and controls among it. */
const anyText = (least: number) =>
  fc.array(fc.nat(0xffff), { minLength: least, maxLength: 12 }).map((units) => String.fromCharCode(...units));

describe('the menus of the filter bar', () => {
  it.each<[string, QuickField, string | null, string]>([
    ['', 'action', 'Authorize', 'action == "Authorize"'],
    ['latency>1s', 'type', 'call', 'latency>1s and type == call'],
    ['a.b or size > 1', 'finding', 'true', 'finding'],
    ['edited or size > 1', 'finding', 'true', '(edited or size > 1) and finding'],
    ['action == "A" and size > 1', 'action', 'B', 'action == "B" and size > 1'],
    ['action == "A" and size > 1', 'action', null, 'size > 1'],
    ['direction == to-csms', 'direction', null, ''],
    ['size > 1', 'direction', null, 'size > 1'],
    ['action != "A"', 'action', 'B', 'action != "A" and action == "B"'],
  ])('of %j set %s to %j: %j', (text, field, value, result) => {
    expect(withQuickValue(text, field, value)).toBe(result);
  });

  it.each<[string, QuickField, string | null]>([
    ['action == Heartbeat and edited', 'action', 'Heartbeat'],
    ['(action == "A" or action == "B")', 'action', null],
    ['not action == "A"', 'action', null],
    ['type == CALLERROR', 'type', 'CALLERROR'],
    ['finding and size > 1', 'finding', 'true'],
    ['finding.severity == error', 'finding', null],
    ['action == ', 'action', null],
  ])('say of %j that %s is %j', (text, field, value) => {
    expect(quickValue(text, field)).toBe(value);
  });

  it('say what was set, of any name, and take it back', () => {
    const base = fc.constantFrom('', 'edited', 'edited or size > 1', 'not answered and "x"');
    fc.assert(
      fc.property(base, anyText(1), (text, name) => {
        const set = withQuickValue(text, 'station', name);
        expect(quickValue(set, 'station')).toBe(name.toWellFormed());
        expect(quickValue(withQuickValue(set, 'station', null), 'station')).toBeNull();
      }),
      { numRuns: 50 },
    );
  });
});
