import { expect, it } from 'vitest';
import { readFilter } from '../../session/filter/check.ts';
import { breakpointFrom } from './breakpoint-from.ts';

const common = { id: 'b', enabled: true, forEver: false };

it('holds messages of the same action and type that go the same way', () => {
  expect(breakpointFrom({ type: 'CALL', action: 'Heartbeat', direction: 'to-csms' }, 'b')).toEqual({
    ...common,
    filter: 'action == "Heartbeat" and type == call',
    direction: 'to-csms',
  });
  expect(breakpointFrom({ type: 'malformed', action: null, direction: 'to-station' }, 'b').filter).toBe(
    'type == malformed',
  );
});

it('is a filter that can be used, whatever the peer calls its action', () => {
  for (const action of ['Heart"beat', '\\', '', 'a and b', '\u0000\n']) {
    const { filter } = breakpointFrom({ type: 'CALLRESULT', action, direction: 'to-csms' }, 'b');
    expect(readFilter(filter).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  }
});
