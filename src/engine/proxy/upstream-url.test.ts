import { expect, it } from 'vitest';
import { upstreamUrl } from './upstream-url.ts';

it.each([
  ['ws://csms', '/CS-1', 'ws://csms/CS-1'],
  ['ws://csms/', '/CS-1', 'ws://csms/CS-1'],
  ['wss://csms:8443/ocpp', '/CS-1', 'wss://csms:8443/ocpp/CS-1'],
  ['ws://csms/ocpp/', '/steve/CS-1', 'ws://csms/ocpp/steve/CS-1'],
  ['ws://csms/ocpp?tenant=7', '/CS-1?a=%20&b', 'ws://csms/ocpp/CS-1?tenant=7&a=%20&b'],
  ['ws://csms?tenant=7', '/CS-1', 'ws://csms/CS-1?tenant=7'],
  ['ws://csms', '/CS-1?', 'ws://csms/CS-1'],
  ['ws://user:pw@csms/x', '/CS-1', 'ws://user:pw@csms/x/CS-1'],
  ['ws://csms/x#part', '//a/../CS%2F1', 'ws://csms/x//a/../CS%2F1'],
  ['ws://csms/x', '/', 'ws://csms/x/'],
  ['ws://csms/x', '', 'ws://csms/x/'],
  ['ws://csms/x', '*', 'ws://csms/x/*'],
  ['ws://csms/x', 'http://proxy:1/CS-1?a', 'ws://csms/x/CS-1?a'],
  ['ws://csms/x', '/redirect?to=ws://y/z', 'ws://csms/x/redirect?to=ws://y/z'],
])('%s and %s make %s', (base, target, url) => {
  expect(upstreamUrl(base, target)).toBe(url);
});
