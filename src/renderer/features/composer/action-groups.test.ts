import { expect, it } from 'vitest';
import { actionsOf } from '../../../ocpp/actions.ts';
import { OCPP_VERSIONS } from '../../../ocpp/version.ts';
import { actionGroups } from './action-groups.ts';

it('has every action of a version once, those of the other side in a group of their own', () => {
  for (const version of OCPP_VERSIONS) {
    for (const direction of ['to-csms', 'to-station'] as const) {
      const groups = actionGroups(version, direction);
      const names = groups.flatMap(({ items }) => items.map(({ name }) => name));
      expect([...names].sort()).toEqual([...actionsOf(version).keys()].sort());
      expect(groups.slice(0, -1).every(({ items }) => items.every(({ allowed }) => allowed))).toBe(true);
      expect(groups.at(-1)?.items.every(({ allowed }) => !allowed)).toBe(true);
    }
  }
});

it('names the functional block, and what travels as SEND', () => {
  const [provisioning] = actionGroups('2.1', 'to-csms').filter(({ value }) => value === 'B Provisioning');
  expect(provisioning?.items.map(({ name }) => name)).toContain('BootNotification');
  const all = actionGroups('2.1', 'to-csms').flatMap(({ items }) => items);
  expect(all.filter(({ messageType }) => messageType === 'SEND').map(({ name }) => name)).toEqual([
    'NotifyPeriodicEventStream',
  ]);
});
