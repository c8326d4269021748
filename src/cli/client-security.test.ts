import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ClientOptions } from 'ws';
import type { ListenerSecurity } from '../bridge/security.ts';
import { basicAuthorization } from '../engine/admission/basic-credentials.ts';
import type { AuthorityDesk } from '../engine/authority/authority-desk.ts';
import { openAuthority } from '../engine/authority/open-authority.ts';
import { AUTHORITY_FOLDER } from '../engine/bench/session-folder.ts';
import { systemClock } from '../engine/clock.ts';
import { type CsmsUnderTest, startCsms } from '../engine/csms/testing/csms.ts';
import { dialStation } from '../engine/csms/testing/station.ts';
import { runHere, startHere } from './testing/run-here.ts';

/*
 * `send` and `replay` at a CSMS that asks for security, and as one, over real sockets, with the certificates of a bench.
 */

const PASSWORD = 'correct horse battery';
const IDENTITY = 'CS-0001';

let data: string;
let trace: string;
let csmsTrace: string;
let authority: AuthorityDesk;
let passwordFile: string;
let csms: CsmsUnderTest | undefined;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'plugscope-client-'));
  passwordFile = join(data, 'password.txt');
  await writeFile(passwordFile, `${PASSWORD}\n`);
  trace = join(data, 'trace.ndjson');
  await writeFile(trace, `${JSON.stringify(HEARTBEAT)}\n`);
  csmsTrace = join(data, 'csms.ndjson');
  await writeFile(csmsTrace, CLEAR_CACHE.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const folder = join(data, AUTHORITY_FOLDER);
  authority = openAuthority({ clock: systemClock(), folder, vault: async () => null, stationPort: () => null });
});
afterAll(async () => {
  await authority.close();
  await rm(data, { recursive: true });
});
afterEach(async () => {
  await csms?.stop();
  csms = undefined;
  vi.unstubAllEnvs();
});

/** A CSMS that asks for this; yields its URL. */
async function start(security: ListenerSecurity): Promise<string> {
  csms = await startCsms({ security, credentials: authority });
  return `${security.profile < 2 ? 'ws' : 'wss'}://localhost:${csms.csms.port}/`;
}

/** What is replayed. */
const HEARTBEAT = {
  schemaVersion: '1.1',
  timestamp: '2020-01-01T00:00:00Z',
  transport: 'json',
  chargePointId: IDENTITY,
  ocppVersion: '1.6',
  direction: 'cp-to-csms',
  raw: '[2,"a","Heartbeat",{}]',
};

const CLEAR_CACHE = [
  { ...HEARTBEAT, direction: 'csms-to-cp', raw: '[2,"b","ClearCache",{}]' },
  { ...HEARTBEAT, raw: '[3,"b",{"status":"Accepted"}]' },
];

const asStation = (command: 'send' | 'replay') =>
  command === 'send'
    ? ['send', 'Heartbeat', '--as', 'station', '--station', IDENTITY]
    : ['replay', trace, '--as', 'station', '--fast'];

describe.each(['send', 'replay'] as const)('%s', (command) => {
  const run = (...args: readonly string[]) => runHere(...asStation(command), '--data', data, ...args);

  it.each([1, 2] as const)('says a password in security profile %i', async (profile) => {
    const url = await start({ profile, password: PASSWORD });
    const capture = join(data, `${command}-${profile}.plugscope`);
    const towards = ['--to', url, '--security-profile', String(profile), '--capture', capture];
    const { code, err } = await run(...towards, '--password-file', passwordFile);
    expect([code, err]).toEqual([0, '']);
    expect(csms?.recorder.links[0]?.negotiation).toMatchObject({ status: 101 });
    const recorded = await readFile(capture);
    expect(recorded.includes('Basic ******')).toBe(true);
    expect(recorded.includes(Buffer.from(`${IDENTITY}:${PASSWORD}`).toString('base64'))).toBe(false);
    vi.stubEnv('PLUGSCOPE_PASSWORD', 'another one');
    const wrong = await run('--to', url, '--security-profile', String(profile));
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('refused the connection with HTTP status 401');
  });

  it('presents a certificate of the bench in security profile 3, and trusts the root of the bench', async () => {
    const url = await start({ profile: 3, password: null });
    const { code, err } = await run('--to', url, '--security-profile', '3');
    expect([code, err]).toEqual([0, '']);
    expect(csms?.recorder.links[0]?.negotiation?.tls?.chain?.[0]?.subject).toContain(IDENTITY);
  });

  it('trusts nobody else, unless told to', async () => {
    const url = await start({ profile: 2, password: PASSWORD });
    const other = join(data, 'other');
    const towards = ['--to', url, '--security-profile', '2', '--password-file', passwordFile, '--data', other];
    const refused = await runHere(...asStation(command), ...towards);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('is refused');
    expect(await runHere(...asStation(command), ...towards, '--no-verify')).toMatchObject({ code: 0, err: '' });
  });

  it.each([
    [['--to', 'ws://localhost:1/', '--security-profile', '3'], 'must start with wss://'],
    [['--to', 'wss://localhost:1/', '--security-profile', '2'], 'needs a password'],
    [['--to', 'wss://localhost:1/', '--user', 'U'], '--user has a meaning only in security profiles 1 and 2'],
  ])('is refused with %j', async (args, sentence) => {
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err).toContain(sentence);
  });
});

const asCsms = (command: 'send' | 'replay') =>
  command === 'send'
    ? ['send', 'ClearCache', '--as', 'csms', '--listen', '127.0.0.1:0']
    : ['replay', csmsTrace, '--as', 'csms', '--listen', '127.0.0.1:0', '--fast', '--compare'];

describe.each(['send', 'replay'] as const)('%s as a CSMS', (command) => {
  const wait = async (...args: readonly string[]) => {
    const csms = startHere(...asCsms(command), '--data', data, ...args);
    const [, url = ''] = await csms.told(/ at (wss?:\S+)<id>/);
    return { ...csms, url };
  };
  /** A station that comes, answers the one CALL, and goes. */
  const come = async (url: string, options: ClientOptions): Promise<void> => {
    const station = await dialStation(`${url}${IDENTITY}`, ['ocpp1.6'], { rejectUnauthorized: false, ...options });
    const [, messageId, action] = await station.next();
    expect(action).toBe('ClearCache');
    station.ws.send(JSON.stringify([3, messageId, { status: 'Accepted' }]));
  };
  const saying = (password: string): ClientOptions => ({
    headers: { Authorization: basicAuthorization(IDENTITY, password) },
  });

  it.each([1, 2] as const)('asks for a password in security profile %i, again where it was wrong', async (profile) => {
    const capture = join(data, `as-csms-${command}.plugscope`);
    const asked = ['--security-profile', String(profile), '--password-file', passwordFile];
    const { url, ended } = await wait(...asked, ...(profile === 1 ? ['--capture', capture] : []));
    expect(url).toMatch(profile === 1 ? /^ws:/ : /^wss:/);
    await expect(come(url, saying('another one'))).rejects.toThrow('401');
    await come(url, saying(PASSWORD));
    expect(await ended).toMatchObject({ code: 0 });
    if (profile === 2) return;
    const recorded = await readFile(capture);
    expect(recorded.includes('Basic ******')).toBe(true);
    for (const secret of [PASSWORD, 'another one']) {
      expect(recorded.includes(basicAuthorization(IDENTITY, secret).slice('Basic '.length))).toBe(false);
    }
  });

  it('asks for a certificate of the bench in security profile 3', async () => {
    const { url, ended } = await wait('--security-profile', '3');
    await expect(come(url, {})).rejects.toThrow();
    const certificate = await authority.ofStation(IDENTITY, null);
    if (!certificate.ok) throw new Error(certificate.error.sentence);
    const { chain, key } = certificate.value;
    await come(url, { cert: chain, key });
    expect(await ended).toMatchObject({ code: 0 });
  });

  it.each([
    [['--user', 'U'], '--user has a meaning only with --as station.'],
    [['--no-verify'], '--no-verify has a meaning only with --as station.'],
    [['--password-file', 'x'], '--password-file has a meaning only in security profiles 1 and 2'],
    [['--to', 'ws://localhost:1/'], '--to is for --as station.'],
  ])('is refused with %j', async (args, sentence) => {
    const { code, err } = await runHere(...asCsms(command), ...args);
    expect([code, err]).toEqual([2, expect.stringContaining(sentence)]);
  });
});
