import { describe, expect, it } from 'vitest';
import { LOCAL_LIST_CAPACITY, LocalList } from './local-list.ts';

const ACCEPTED = { accepted: true };

describe('the local authorization list', () => {
  it('replaces, adds and removes, and takes the version over', () => {
    const list = new LocalList();
    expect(list.update('Full', 3, [{ token: 'A', entry: ACCEPTED }])).toBe('Accepted');
    expect(list.update('Differential', 4, [{ token: 'b', entry: ACCEPTED }, { token: 'a' }])).toBe('Accepted');
    expect([list.version, list.size, list.has('A'), list.has('B')]).toEqual([4, 1, false, true]);
    expect(list.update('Full', 1, [])).toBe('Accepted');
    expect([list.version, list.size]).toEqual([1, 0]);
  });

  it('refuses a differential update that is not newer (D01.FR.19)', () => {
    const list = new LocalList();
    list.update('Full', 3, [{ token: 'A', entry: ACCEPTED }]);
    expect(list.update('Differential', 3, [{ token: 'A' }])).toBe('VersionMismatch');
    expect(list.has('A')).toBe(true);
  });

  it('changes nothing where an update names one twice, or is too much', () => {
    const list = new LocalList();
    const twice = [
      { token: 'A', entry: ACCEPTED },
      { token: 'a', entry: ACCEPTED },
    ];
    expect(list.update('Full', 1, twice)).toBe('Failed');
    const many = Array.from({ length: LOCAL_LIST_CAPACITY + 1 }, (_, n) => ({ token: `T${n}`, entry: ACCEPTED }));
    expect(list.update('Full', 1, many)).toBe('Failed');
    expect([list.version, list.size]).toEqual([0, 0]);
  });

  it('accepts who is accepted, until the entry expires', () => {
    const list = new LocalList();
    list.update('Full', 1, [
      { token: 'A', entry: { accepted: true, expiresAt: 100 } },
      { token: 'B', entry: { accepted: false } },
    ]);
    expect([list.accepts('a', 99), list.accepts('a', 100), list.accepts('B', 0), list.accepts('C', 0)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
