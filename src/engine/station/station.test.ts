import { describe, expect, it } from 'vitest';
import type { LinkClosing } from '../../session/link.ts';
import { failure } from '../../session/outcome.ts';
import { readBasic } from '../admission/basic-credentials.ts';
import type { Connected, ConnectOptions, Network, Socket, SocketListener } from '../net/socket.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { fakeCredentials } from '../testing/fake-credentials.ts';
import { fakeRecorder } from '../testing/fake-recorder.ts';
import { until } from '../testing/until.ts';
import { createStation, type StationOptions } from './station.ts';

/** A socket that answers a close at once and keeps what was sent. */
function fakeSocket(subprotocol: string) {
  let listener: SocketListener | undefined;
  const closed: LinkClosing[] = [];
  const texts: string[] = [];
  function end(closing: LinkClosing): void {
    if (closed.length > 0) return;
    closed.push(closing);
    listener?.onClose(closing);
  }
  const socket: Socket = {
    subprotocol,
    extensions: '',
    bufferedBytes: 0,
    listen: (one) => {
      listener = one;
    },
    send: (data) => texts.push(typeof data === 'string' ? data : new TextDecoder().decode(data)) > 0,
    ping() {},
    pong() {},
    close: (code = 1005, reason = '') => end({ code, reason, by: 'plugscope' }),
    terminate: () => end({ code: 1006, reason: '', by: 'plugscope' }),
    pause() {},
    resume() {},
  };
  const receive = (text: string) => listener?.onMessage(new TextEncoder().encode(text), false);
  return { socket, closed, texts, receive, lose: () => end({ code: 1006, reason: '', by: 'lost' }) };
}

const REFUSED: Connected = { kind: 'failed', code: 'refused', sentence: 'Nobody listens there.' };
const open = (socket: Socket): Connected => ({ kind: 'open', socket, headers: [], remoteAddress: '127.0.0.1:1' });

function bench(answers: Connected[], more: Partial<StationOptions> = {}) {
  const clock = fakeClock();
  const recorder = fakeRecorder();
  const attempts: (ConnectOptions & { at: number })[] = [];
  const network: Network = {
    listen: () => Promise.reject(new Error('not used')),
    connect: async (options) => {
      attempts.push({ ...options, at: clock.now().mono });
      return answers.shift() ?? REFUSED;
    },
  };
  const url = 'ws://csms.example/ocpp?tenant=1';
  const options = { network, recorder, clock, random: () => 0, url, id: 'CS 1', version: ['2.1', '1.6'] } as const;
  const station = createStation({ ...options, ...more });
  async function pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      clock.advance(1000);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return { clock, recorder, attempts, station, pass };
}

describe('a station and its connection', () => {
  it('keeps the password of its URL out of the session', async () => {
    const { attempts, station, recorder } = bench([], { url: 'wss://CS-1:hunter2@csms.example/' });
    station.start();
    await until(() => attempts.length === 1);
    expect(attempts[0]?.url).toBe('wss://CS-1:hunter2@csms.example/CS%201');
    expect(recorder.links[0]?.opening.url).toBe('wss://CS-1:***@csms.example/CS%201');
    await station.stop();
  });

  it('offers its versions at its own URL, and records the link', async () => {
    const { socket } = fakeSocket('ocpp1.6');
    const { attempts, station, recorder } = bench([open(socket)]);
    expect(station.state().phase).toBe('stopped');
    station.start();
    expect(station.legs()).toMatchObject([{ peer: 'csms', station: 'CS 1', version: null, state: 'connecting' }]);
    await until(() => station.state().version);
    expect(attempts[0]).toMatchObject({
      url: 'ws://csms.example/ocpp/CS%201?tenant=1',
      subprotocols: ['ocpp2.1', 'ocpp1.6'],
    });
    expect(station.state()).toEqual({ phase: 'registering', version: '1.6', failedAttempts: 0, problem: null });
    expect(station.legs()).toMatchObject([{ link: 1, conversation: 1, version: '1.6', secure: false, state: 'open' }]);
    expect(recorder.links[0]).toMatchObject({
      opening: { peer: 'csms', opener: 'plugscope', station: 'CS 1', offered: ['ocpp2.1', 'ocpp1.6'] },
      negotiation: { status: 101, chosen: 'ocpp1.6', version: '1.6' },
    });
  });

  it('tries again with growing waits where nobody listens, and says so', async () => {
    const { attempts, station, pass, recorder } = bench([]);
    station.start();
    await until(() => station.state().phase === 'waiting');
    await pass(140);
    // Waits of 2, 4, 8, 16, 32 and 64 seconds, then no longer ones.
    expect(attempts.map(({ at }) => Math.round(at / 1000))).toEqual([0, 2, 6, 14, 30, 62, 126]);
    expect(station.state()).toEqual({
      phase: 'waiting',
      version: null,
      failedAttempts: 7,
      problem: { code: 'refused', sentence: 'Nobody listens there.' },
    });
    expect(station.legs()).toEqual([]);
    expect(recorder.links.every(({ negotiation }) => negotiation?.failure === 'Nobody listens there.')).toBe(true);
  });

  it('starts its waits anew after a connection that was lost (2.0.1 errata 4.12)', async () => {
    const first = fakeSocket('ocpp2.1');
    const { attempts, station, pass } = bench([REFUSED, REFUSED, open(first.socket)]);
    station.start();
    await pass(7);
    expect(attempts).toHaveLength(3);
    first.lose();
    expect(station.state()).toMatchObject({ phase: 'waiting', failedAttempts: 1, problem: { code: 'closed' } });
    const at = attempts[2]?.at ?? 0;
    await pass(3);
    expect((attempts[3]?.at ?? 0) - at).toBeLessThanOrEqual(3000);
  });

  it.each([
    ['', 'no-common-version'],
    ['ocpp2.0.1', 'subprotocol-foreign'],
    ['mqtt', 'subprotocol-foreign'],
  ])('closes where "%s" is chosen, and tries again', async (chosen, code) => {
    const { socket, closed, texts } = fakeSocket(chosen);
    const { attempts, station, recorder, pass } = bench([open(socket)]);
    station.start();
    await until(() => station.state().phase === 'waiting');
    expect(closed).toMatchObject([{ code: 1002 }]);
    expect(texts).toEqual([]);
    expect(station.state().problem?.code).toBe(code);
    expect(recorder.links[0]).toMatchObject({
      closing: { code: 1002 },
      negotiation: { chosen, failure: expect.any(String) },
    });
    await pass(3);
    expect(attempts).toHaveLength(2);
  });

  it('says with which HTTP status it was refused (1.6-J errata 3.4)', async () => {
    const refused: Connected = { kind: 'refused', status: 404, headers: [['Server', 'x']], body: new Uint8Array() };
    const { station, recorder } = bench([refused]);
    station.start();
    await until(() => station.state().phase === 'waiting');
    expect(station.state().problem).toMatchObject({ code: 'refused', sentence: expect.stringContaining('404') });
    // It was reached: the code `refused` is for what nobody listens at.
    expect(recorder.links[0]?.negotiation).toMatchObject({ status: 404 });
    expect(recorder.links[0]?.negotiation?.code).toBeUndefined();
  });

  it('stops: closes what is open, and tries no more', async () => {
    const { socket, closed } = fakeSocket('ocpp2.1');
    const { attempts, station, pass, clock } = bench([open(socket)]);
    const phases: string[] = [];
    station.onChange(({ phase }) => phases.push(phase));
    station.start();
    await until(() => station.state().version);
    await station.stop();
    expect(closed).toMatchObject([{ code: 1000 }]);
    expect(phases).toEqual(['connecting', 'registering', 'stopped']);
    expect(station.legs()).toEqual([]);
    await pass(100);
    expect(attempts).toHaveLength(1);
    expect(clock.pending).toBe(0);
    // Stopping twice is no mistake, and it can be started again.
    await station.stop();
    station.start();
    expect(attempts).toHaveLength(2);
    await station.stop();
  });

  it('stops while it waits, and while it connects', async () => {
    const { station, pass, attempts, clock } = bench([]);
    station.start();
    await until(() => station.state().phase === 'waiting');
    await station.stop();
    await pass(100);
    expect(attempts).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it('cuts a connection whose last frames the recorder holds back', async () => {
    const { socket, closed } = fakeSocket('ocpp2.1');
    const { station, clock, recorder } = bench([open(socket)]);
    recorder.stop();
    station.start();
    await until(() => station.state().version);
    const stopped = station.stop();
    clock.advance(2000);
    await stopped;
    expect(closed).toMatchObject([{ code: 1006 }]);
  });
});

describe('a station with security', () => {
  const secure = {
    url: 'wss://csms.example/',
    id: 'CS-1',
    credentials: fakeCredentials(),
    session: 'none',
  } as const;
  const connected = (station: ReturnType<typeof createStation>) => until(() => station.state().version);

  it.each([1, 2] as const)(
    'sends its password in profile %i, which stays out of the session (A00.FR.203)',
    async (profile) => {
      const { socket } = fakeSocket('ocpp2.1');
      const url = profile === 1 ? 'ws://csms.example/' : secure.url;
      const { attempts, station, recorder } = bench([open(socket)], {
        ...secure,
        url,
        security: { profile, password: 'pässword' },
      });
      station.start();
      await connected(station);
      expect(readBasic(attempts[0]?.headers ?? [])).toEqual({
        kind: 'credentials',
        credentials: { user: 'CS-1', password: new Uint8Array(Buffer.from('pässword')) },
      });
      expect(recorder.links[0]?.opening).toMatchObject({
        policy: { profile, versions: ['2.1', '1.6'] },
        requestHeaders: [['Authorization', 'Basic ******']],
      });
      await station.stop();
    },
  );

  it('presents its certificate, and trusts what the bench does, in profile 3', async () => {
    const { socket } = fakeSocket('ocpp2.1');
    const { attempts, station } = bench([open(socket)], {
      ...secure,
      serial: 'SN-1',
      security: { profile: 3, compression: true },
      limits: { messageBytes: 5000 },
    });
    station.start();
    await connected(station);
    expect(attempts[0]).toMatchObject({
      tls: { credential: { chain: 'station SN-1' }, trust: ['own root', 'imported root'], verifies: true },
      compression: true,
      limits: { messageBytes: 5000 },
    });
    await station.stop();
  });

  it('says that it has no certificate, and tries again', async () => {
    const credentials = fakeCredentials({ ofStation: async () => failure('gone', 'There is none.') });
    const { attempts, station, recorder } = bench([], { ...secure, credentials, security: { profile: 3 } });
    station.start();
    await until(() => station.state().problem);
    expect(station.state()).toMatchObject({ phase: 'waiting', problem: { sentence: 'There is none.' } });
    expect(recorder.links[0]?.negotiation).toMatchObject({ failure: 'There is none.' });
    expect(attempts).toEqual([]);
    await station.stop();
  });

  it('connects at once with a password that it was given, and that is no failure (A01)', async () => {
    const [first, second] = [fakeSocket('ocpp1.6'), fakeSocket('ocpp1.6')];
    const { attempts, station, recorder, pass } = bench([open(first.socket), open(second.socket)], {
      ...secure,
      version: '1.6',
      security: { profile: 2, password: 'old' },
    });
    const failures: number[] = [];
    station.onChange(({ failedAttempts }) => failures.push(failedAttempts));
    station.start();
    await connected(station);
    const key = '000102030405060708090a0b0c0d0e0f';
    first.receive(JSON.stringify([2, 'a', 'ChangeConfiguration', { key: 'AuthorizationKey', value: key }]));
    await until(() => first.closed.length > 0);
    expect(first.texts.at(-1)).toBe('[3,"a",{"status":"Accepted"}]');
    await pass(1);
    await until(() => attempts.length === 2);
    await connected(station);
    expect(readBasic(attempts[1]?.headers ?? [])).toMatchObject({
      credentials: { password: new Uint8Array(Buffer.from(key, 'hex')) },
    });
    expect(Math.max(...failures)).toBe(0);
    expect(recorder.links[0]?.closing).toMatchObject({ code: 1000, by: 'plugscope' });
    await station.stop();
  });

  it('tells the CSMS once of certificates that it refused (A00.FR.310)', async () => {
    const refused: Connected = { kind: 'failed', code: 'server-certificate-refused', sentence: 'It has expired.' };
    const { socket, texts, receive } = fakeSocket('ocpp2.1');
    const { station, pass, recorder } = bench([refused, refused, open(socket)], {
      ...secure,
      security: { profile: 2 },
    });
    station.start();
    await until(() => station.state().phase === 'waiting');
    for (let second = 0; second < 20 && texts.length === 0; second++) await pass(1);
    const [, bootId] = JSON.parse(texts[0] ?? '[]');
    receive(JSON.stringify([3, bootId, { status: 'Accepted', interval: 60, currentTime: new Date(0).toISOString() }]));
    await until(() => recorder.frames.length > 0);
    for (let turn = 0; turn < 10; turn++) {
      await pass(0);
      await new Promise((resolve) => setImmediate(resolve));
      const [, messageId] = JSON.parse(texts.at(-1) ?? '[]');
      receive(JSON.stringify([3, messageId, {}]));
    }
    const events = texts.filter((text) => text.includes('SecurityEventNotification'));
    expect(events).toHaveLength(1);
    expect(events[0]).toContain('InvalidCsmsCertificate');
    expect(recorder.links[0]?.negotiation).toMatchObject({ code: 'server-certificate-refused' });
    await station.stop();
  });
});
