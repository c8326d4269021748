import { expect, it } from 'vitest';
import { stationIdentity } from './station-identity.ts';

it.each([
  ['/CS-1', 'CS-1'],
  ['/ocpp/CS-1?token=a/b', 'CS-1'],
  ['/ocpp/CS%2F%201%C3%A9', 'CS/ 1é'],
  ['/100%', '100%'],
  ['/%ff', '%ff'],
  ['/ocpp/', ''],
  ['/', ''],
  ['', ''],
  ['*', '*'],
  ['http://host/ocpp/CS-1', 'CS-1'],
])('of %s is "%s"', (target, identity) => {
  expect(stationIdentity(target)).toBe(identity);
});
