import { describe, expect, it } from 'vitest';
import { type ReplayForm, START_FORM, startOf, withSide } from './replay-form.ts';

describe('the form of a replay', () => {
  it('asks for a replay to the bench itself, as fast as it is answered', () => {
    expect(startOf(START_FORM)).toEqual({
      target: { kind: 'url', url: 'ws://localhost:9220/' },
      pace: { kind: 'as-answered' },
      messageIds: 'fresh',
      shiftTimes: true,
      mapTransactions: true,
    });
  });

  it('waits for stations where it plays the CSMS', () => {
    const form = withSide({ ...START_FORM, port: '9000', pace: 'original' }, 'csms');
    expect(startOf(form)).toMatchObject({
      target: { kind: 'listen', port: 9000, anyStation: true },
      pace: { kind: 'original', speed: 1 },
    });
    expect(startOf(form)).not.toHaveProperty('target.security');
    const listener = { ...form.listener, profile: 2, password: 'secret', organization: 'of profile 3' } as const;
    expect(startOf({ ...form, listener })).toHaveProperty('target.security', { profile: 2, password: 'secret' });
  });

  it('takes an open link, and a speed', () => {
    const form = { ...START_FORM, target: '12', pace: 'faster', speed: '2.5', freshIds: false } as const;
    expect(startOf(form)).toMatchObject({
      target: { kind: 'peer', link: 12 },
      pace: { kind: 'original', speed: 2.5 },
      messageIds: 'original',
    });
  });

  it('connects to a CSMS as is set, and says nothing of security where nothing is', () => {
    const url = 'wss://csms.example/';
    const target = (security: Partial<ReplayForm['security']>) => {
      const start = startOf({ ...START_FORM, url, security: { ...START_FORM.security, ...security } });
      return 'target' in start ? start.target : start;
    };
    expect(target({ password: 'typed for another profile' })).toEqual({ kind: 'url', url });
    expect(target({ profile: 2, password: 'secret' })).toEqual({
      kind: 'url',
      url,
      security: { profile: 2, password: 'secret' },
    });
    expect(target({ verifies: false })).toEqual({ kind: 'url', url, security: { profile: 0, verifies: false } });
  });

  it.each([
    [{ security: { ...START_FORM.security, profile: 1 } }, 'needs a password'],
    [{ security: { ...START_FORM.security, profile: 3 } }, 'wss://'],
    [{ url: 'http://x/' }, 'ws://'],
    [{ target: 'listen', port: '70000' }, 'port'],
    [{ target: 'listen', port: '' }, 'port'],
    [{ target: 'listen', listener: { ...START_FORM.listener, profile: 1, password: 'p'.repeat(129) } }, '128'],
    [{ pace: 'faster', speed: '0' }, 'speed'],
    [{ pace: 'faster', speed: 'fast' }, 'speed'],
  ] as const)('says what is wrong with %j', (part, word) => {
    const start = startOf({ ...START_FORM, ...part });
    expect('wrong' in start && start.wrong).toContain(word);
  });
});
