import { expect, it } from 'vitest';
import { networkOf } from './refusal-source.ts';

it.each([
  ['10.0.0.9:51000', '10.0.0.9'],
  ['[2001:db8:0:1:aaaa::9]:51000', '2001:db8:0:1::/64'],
  ['[2001:db8:0:1:bbbb:1:2:3]:52000', '2001:db8:0:1::/64'],
  ['[2001:db8::9]:1', '2001:db8:0:0::/64'],
  ['[::1]:1', '0:0:0:0::/64'],
  ['[fe80::1%eth0]:1', 'fe80:0:0:0::/64%eth0'],
  ['', ''],
])('takes %s for one of %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
