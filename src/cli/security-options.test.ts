import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { fakeCredentials } from '../engine/testing/fake-credentials.ts';
import { FileCredentials } from './pem-files.ts';
import {
  addBenchOptions,
  addClientOptions,
  addListenerOptions,
  addPassingOptions,
  addVersionsOption,
  type ClientFlags,
  clientSecurity,
  type ListenerFlags,
  listenerSecurity,
  withoutPrefix,
} from './security-options.ts';

let folder: string;
let password: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plugscope-flags-'));
  password = join(folder, 'password.txt');
  await writeFile(password, 'of the file\r\nnot this\n');
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const credentials = () => new FileCredentials(fakeCredentials());

/** Parses a command line as the commands do; what is wrong with it is thrown. */
function flags<T>(args: readonly string[]): T {
  const command = addVersionsOption(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  addBenchOptions(addPassingOptions(addClientOptions(addListenerOptions(command), 'upstream-')));
  command.parse(args, { from: 'user' });
  return command.opts() as T;
}

function clientFlags(args: readonly string[]): ClientFlags {
  const command = addClientOptions(new Command());
  return command.parse(args, { from: 'user' }).opts();
}

describe('flags of a port for stations', () => {
  it('ask for nothing where there are none', async () => {
    expect(await listenerSecurity(flags<ListenerFlags>([]), credentials())).toEqual({ ok: true, value: undefined });
  });

  it('become what is asked for', async () => {
    const given = [
      '--security-profile',
      '2',
      '--password-file',
      password,
      '--versions',
      '2.0.1, 2.1',
      '--known',
      'A,B',
    ];
    const more = [
      '--tls-min',
      '1.3',
      '--compression',
      '--no-revocation',
      '--limit',
      'connections=5',
      '--limit',
      'queueBytes=65536',
    ];
    const parsed = flags<ListenerFlags>([...given, ...more]);
    expect(await listenerSecurity(parsed, credentials())).toEqual({
      ok: true,
      value: {
        profile: 2,
        password: 'of the file',
        versions: ['2.0.1', '2.1'],
        stations: ['A', 'B'],
        minTls: 'TLSv1.3',
        compression: true,
        revocation: false,
      },
    });
    expect(parsed.limit).toEqual({ connections: 5, queueBytes: 65_536 });
  });

  it.each([
    [1, 'of the variable'],
    [3, null],
  ])('take a password of the environment where profile %i needs one', async (profile, expected) => {
    vi.stubEnv('PLUGSCOPE_PASSWORD', 'of the variable');
    const parsed = flags<ListenerFlags>(['--security-profile', String(profile)]);
    expect(await listenerSecurity(parsed, credentials())).toMatchObject({ value: { password: expected } });
  });

  it('name the CSO of certificates', async () => {
    const parsed = flags<ListenerFlags>(['--security-profile', '3', '--organization', 'A CSO']);
    expect(await listenerSecurity(parsed, credentials())).toMatchObject({ value: { organization: 'A CSO' } });
  });

  it.each([
    [['--password-file', 'x'], /--password-file has a meaning only in security profiles 1 and 2/],
    [['--security-profile', '1', '--certificate', 'x', '--key', 'x'], /--certificate has a meaning only/],
    [['--security-profile', '2', '--ca', 'x'], /--ca has a meaning only in security profile 3/],
    [['--security-profile', '2', '--organization', 'x'], /--organization has a meaning only in security profile 3/],
    [['--security-profile', '2', '--password-file', '/nowhere'], /cannot be read/],
  ])('are refused where they make no sense: %j', async (args, sentence) => {
    const security = await listenerSecurity(flags<ListenerFlags>(args), credentials());
    expect(security).toMatchObject({ ok: false, error: { sentence: expect.stringMatching(sentence) } });
  });

  it.each([
    ['--security-profile', '4'],
    ['--versions', '2.0'],
    ['--known', 'A,,B'],
    ['--limit', 'patience=1'],
    ['--limit', 'connections=0'],
    ['--tls-min', '1.1'],
  ])('are refused at once where they are none: %s %s', (...args) => {
    expect(() => flags(args)).toThrow();
  });
});

describe('flags of a connection to a CSMS', () => {
  it('say nothing where there are none', async () => {
    expect(await clientSecurity(clientFlags([]), 'wss://a/', credentials())).toEqual({ ok: true, value: undefined });
  });

  it('become how it is connected to', async () => {
    const parsed = clientFlags(['--security-profile', '2', '--password-file', password, '--user', 'U', '--no-verify']);
    expect(await clientSecurity(parsed, 'wss://a/', credentials())).toMatchObject({
      value: { profile: 2, password: 'of the file', user: 'U', verifies: false, revocation: true },
    });
  });

  it.each([
    [['--security-profile', '2'], 'wss://a/', /needs a password.*PLUGSCOPE_PASSWORD/],
    [['--security-profile', '3'], 'ws://a/', /wss:\/\//],
    [['--user', 'U'], 'wss://a/', /--user has a meaning only/],
    [['--security-profile', '2', '--certificate', 'x', '--key', 'x'], 'wss://a/', /only in security profile 3/],
  ])('are refused where they make no sense: %j at %s', async (args, url, sentence) => {
    const security = await clientSecurity(clientFlags(args), url, credentials());
    expect(security).toMatchObject({ ok: false, error: { sentence: expect.stringMatching(sentence) } });
  });

  it('stand beside those of stations in a proxy, which needs no password of its own', async () => {
    vi.stubEnv('PLUGSCOPE_PASSWORD', 'of stations');
    const parsed = flags<object>(['--upstream-security-profile', '2', '--no-upstream-verify', '--no-revocation']);
    const upstream = withoutPrefix<ClientFlags>(parsed, 'upstream');
    const towards = { prefix: 'upstream-', needsPassword: false } as const;
    expect(await clientSecurity(upstream, 'wss://a/', credentials(), towards)).toMatchObject({
      value: { profile: 2, password: undefined, verifies: false, revocation: true },
    });
    vi.stubEnv('PLUGSCOPE_UPSTREAM_PASSWORD', 'of the CSMS');
    expect(await clientSecurity(upstream, 'wss://a/', credentials(), towards)).toMatchObject({
      value: { password: 'of the CSMS' },
    });
  });

  it.each([
    [[], undefined],
    [['--upstream-compression'], { profile: 0, compression: true }],
    [['--no-upstream-compression'], { profile: 0, compression: false }],
    [['--no-upstream-authorization'], { profile: 0, authorization: false }],
  ])('keep to themselves what a proxy passes on only where they say so: %j', async (args, value) => {
    const upstream = withoutPrefix<ClientFlags>(flags<object>(args), 'upstream');
    const security = await clientSecurity(upstream, 'ws://a/', credentials(), { prefix: 'upstream-' });
    expect(security).toEqual({ ok: true, value: value && expect.objectContaining(value) });
    expect(await listenerSecurity(flags<ListenerFlags>(args), credentials())).toEqual({ ok: true, value: undefined });
  });

  it('are mistaken where they keep a password back that is replaced', async () => {
    vi.stubEnv('PLUGSCOPE_UPSTREAM_PASSWORD', 'of the CSMS');
    const parsed = flags<object>(['--upstream-security-profile', '1', '--no-upstream-authorization']);
    const upstream = withoutPrefix<ClientFlags>(parsed, 'upstream');
    expect(await clientSecurity(upstream, 'ws://a/', credentials(), { prefix: 'upstream-' })).toMatchObject({
      error: { sentence: expect.stringContaining('--no-upstream-authorization has a meaning only') },
    });
  });
});
