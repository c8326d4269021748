import { describe, expect, it } from 'vitest';
import type { LinkNegotiation, LinkOpening } from '../../../session/link.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { fakeRecorder } from '../../testing/fake-recorder.ts';
import { RefusalBook } from './refusal-book.ts';

const WRONG: LinkNegotiation = { status: 401, code: 'wrong-password', failure: 'Wrong.' };

function opening(more: Partial<LinkOpening> = {}): LinkOpening {
  const remoteAddress = '10.0.0.9:51000';
  return {
    ...{
      peer: 'station',
      opener: 'peer',
      station: 'CS-1',
      url: '/CS-1',
      remoteAddress,
      requestHeaders: [],
      offered: [],
    },
    ...more,
  } as LinkOpening;
}

function book(perMinute = 60) {
  const clock = fakeClock();
  const recorder = fakeRecorder();
  const one = new RefusalBook({ recorder, clock, perMinute });
  /** Every attempt that the record knows of, one by one or in a sum. */
  const known = () => recorder.links.reduce((sum, { negotiation }) => sum + (negotiation?.repeats?.count ?? 1), 0);
  const sums = () => recorder.links.flatMap(({ negotiation }) => negotiation?.repeats ?? []);
  return { clock, recorder, one, known, sums };
}

describe('the book of refusals', () => {
  it('records whoever comes in a sane rhythm one by one, in full', () => {
    const { clock, recorder, one, sums } = book();
    for (let i = 0; i < 500; i += 1) {
      expect(one.refused(opening(), WRONG)).toBe(i + 1);
      clock.advance(10_000);
    }
    expect(sums()).toEqual([]);
    expect(recorder.links[499]).toMatchObject({ opening: opening(), negotiation: WRONG });
    expect(clock.pending).toBe(0);
  });

  it('sums up what goes beyond, tells of it each minute and when it ends, and knows of every one', () => {
    const { clock, recorder, one, known, sums } = book();
    const start = clock.now().wall;
    let sent = 0;
    for (let ms = 0; ms < 150_000; ms += 10, sent += 1) {
      one.refused(opening({ remoteAddress: `10.0.0.9:${40_000 + sent}` }), WRONG);
      clock.advance(10);
    }
    clock.advance(20_000);
    expect(known()).toBe(sent);
    expect(recorder.links.length).toBeLessThan(60 + 151 + 4);
    expect(sums()).toHaveLength(3);
    expect(sums()[0]).toMatchObject({ stations: ['CS-1'], from: ['10.0.0.9'], first: start + 600 });
    for (const { first, last } of sums()) expect(last - first).toBeLessThanOrEqual(65_000);
    // With the last of them, as it came.
    const last = recorder.links.findLast(({ negotiation }) => negotiation?.repeats);
    expect(last?.negotiation).toMatchObject(WRONG);
    expect(last?.opening.remoteAddress).toMatch(/^10\.0\.0\.9:5/);
    expect(clock.pending).toBe(0);
  });

  it('tells what it counted when the port is closed, and then at once', () => {
    const { clock, one, known, sums } = book(1);
    for (let i = 0; i < 1000; i += 1) one.refused(opening(), WRONG);
    expect(sums()).toEqual([]);
    one.close();
    expect(sums()).toMatchObject([{ count: 999 }]);
    one.refused(opening(), WRONG);
    expect(known()).toBe(1001);
    expect(clock.pending).toBe(0);
  });

  it('keeps apart what failed at different things, and who came', () => {
    const { one, recorder } = book(1);
    for (let i = 0; i < 5; i += 1) {
      one.refused(opening(), WRONG);
      one.refused(opening(), { ...WRONG, code: 'no-credentials' });
      one.refused(opening({ remoteAddress: '10.0.0.8:1' }), WRONG);
      one.refused(opening({ station: '', attempt: 'tcp' }), { code: 'nothing-sent' });
    }
    one.close();
    const told = recorder.links.flatMap(({ opening: { remoteAddress, station }, negotiation }) => {
      const { repeats, code } = negotiation ?? {};
      return repeats ? [`${remoteAddress} ${station} ${code} ${repeats.count}`] : [];
    });
    expect(told).toEqual([
      '10.0.0.9:51000 CS-1 no-credentials 5',
      '10.0.0.9:51000 CS-1 wrong-password 4',
      '10.0.0.8:1 CS-1 wrong-password 4',
      '10.0.0.9:51000  nothing-sent 4',
    ]);
  });

  it('sums up names that are made up by their address, and names some', () => {
    const { one, recorder, known, sums } = book(1);
    for (let i = 0; i < 2000; i += 1) one.refused(opening({ station: `made-up-${i}` }), WRONG);
    one.close();
    expect(known()).toBe(2000);
    expect(recorder.links).toHaveLength(11);
    expect(sums()).toMatchObject([{ count: 1990, from: ['10.0.0.9'] }]);
    expect(sums()[0]?.stations).toHaveLength(11);
  });

  it('is bounded against many addresses too, and still knows of every one', () => {
    const { one, clock, recorder, known, sums } = book(1);
    let sent = 0;
    for (let round = 0; round < 10; round += 1) {
      for (let i = 0; i < 1000; i += 1, sent += 1) {
        one.refused(opening({ remoteAddress: `10.${round}.${i >> 8}.${i & 255}:1` }), WRONG);
      }
      clock.advance(6000);
    }
    one.close();
    expect(known()).toBe(sent);
    // Fifty at once and fifty a minute, and some fifty sums every ten seconds.
    expect(recorder.links.length).toBeLessThan(50 + 50 + 7 * 52);
    expect(sums().some(({ from }) => from.length === 11)).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('takes one /64 of IPv6 for one address', () => {
    const { one, sums } = book(1);
    for (let i = 0; i < 100; i += 1) one.refused(opening({ remoteAddress: `[2001:db8::${i.toString(16)}]:1` }), WRONG);
    one.close();
    expect(sums()).toMatchObject([{ count: 99, from: ['2001:db8:0:0::/64'] }]);
  });

  it('gives back the place of what came to a connection', () => {
    const { one } = book(1);
    for (let i = 0; i < 10; i += 1) {
      expect(one.reserve(opening())).toBe(true);
      one.opened(opening());
    }
    expect(one.reserve(opening())).toBe(true);
    expect(one.reserve(opening())).toBe(false);
  });
});
