import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ListenerSecurity } from '../bridge/security.ts';
import type { AuthorityDesk } from '../engine/authority/authority-desk.ts';
import { openAuthority } from '../engine/authority/open-authority.ts';
import { AUTHORITY_FOLDER } from '../engine/bench/session-folder.ts';
import { systemClock } from '../engine/clock.ts';
import { type CsmsUnderTest, startCsms } from '../engine/csms/testing/csms.ts';
import { runHere } from './testing/run-here.ts';

/*
 * `send` and `replay` at a CSMS that asks for security, over real sockets, with the certificates of a bench.
 */

const PASSWORD = 'correct horse battery';
const IDENTITY = 'CS-0001';

let data: string;
let trace: string;
let authority: AuthorityDesk;
let passwordFile: string;
let csms: CsmsUnderTest | undefined;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'plugscope-client-'));
  passwordFile = join(data, 'password.txt');
  await writeFile(passwordFile, `${PASSWORD}\n`);
  trace = join(data, 'trace.ndjson');
  await writeFile(trace, `${JSON.stringify(HEARTBEAT)}\n`);
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

it.each([
  ['send', '--security-profile', '2'],
  ['send', '--no-verify'],
])('flags of a connection to a CSMS are useless to a CSMS: %s %s', async (command, ...flags) => {
  const as = ['--as', 'csms', '--listen', '127.0.0.1:0', '--wait', '0.1'];
  const { code, err } = await runHere(command, 'Reset', ...as, ...flags);
  expect(code).toBe(2);
  expect(err).toContain('has a meaning only with --as station.');
});
