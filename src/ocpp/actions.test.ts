import { describe, expect, it } from 'vitest';
import facts from '../../fixtures/ocpp/actions.json' with { type: 'json' };
import { actionsOf, findAction, maySend } from './actions.ts';
import { OCPP_VERSIONS } from './version.ts';

const DIRECTION: Readonly<Record<string, string>> = { 'CS->CSMS': 'to-csms', 'CSMS->CS': 'to-station', both: 'both' };

describe('the action catalogue', () => {
  it.each(OCPP_VERSIONS)('agrees with the chapter "Messages" of the specification, for %s', (version) => {
    const expected = Object.entries(facts[version]).map(([name, { direction, functionalBlock, messageType }]) => ({
      name,
      direction: DIRECTION[direction],
      functionalBlock,
      messageType,
    }));
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
    expect([...actionsOf(version).values()].sort(byName)).toEqual(expected.sort(byName));
    expect(actionsOf(version).size).toBe({ '1.6': 39, '2.0.1': 64, '2.1': 91 }[version]);
  });

  it('knows what 2.1 added', () => {
    const added = [...actionsOf('2.1').keys()].filter((name) => !actionsOf('2.0.1').has(name));
    const expected = Object.entries(facts['2.1']).filter(([, { newIn21 }]) => newIn21);
    expect(added.sort()).toEqual(expected.map(([name]) => name).sort());
  });

  it('tells names apart by case (part 4, 4.1.6), and from what every object has', () => {
    expect(findAction('2.1', 'Heartbeat')?.name).toBe('Heartbeat');
    expect(findAction('2.1', 'heartbeat')).toBeUndefined();
    expect(findAction('2.1', 'constructor')).toBeUndefined();
  });

  it('knows which way a request may travel', () => {
    const may = (name: string) => {
      const action = findAction('2.0.1', name);
      return action && [maySend(action, 'to-csms'), maySend(action, 'to-station')];
    };
    expect(may('BootNotification')).toEqual([true, false]);
    expect(may('Reset')).toEqual([false, true]);
    expect(may('DataTransfer')).toEqual([true, true]);
  });
});
