import { spawn } from 'node:child_process';
import { until } from '../../testing/until.ts';
import type { Credential } from '../tls/credential.ts';
import type { Openssl } from './openssl.ts';

/** A TLS server of another make. */
export interface OpensslServer {
  readonly port: number;
  /** All that it printed, and what it received. */
  output(): string;
  end(): void;
}

/** Starts `openssl s_server` on a free port; with `-www` it answers every request with status 200. */
export async function opensslServer(
  openssl: Openssl,
  credential: Credential,
  ...more: readonly string[]
): Promise<OpensslServer> {
  const child = spawn('openssl', ['s_server', '-accept', '127.0.0.1:0', ...openssl.presenting(credential), ...more]);
  let text = '';
  const take = (chunk: Buffer): void => {
    text += chunk.toString('latin1');
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  // The process may be gone while it is written to.
  child.stdin.on('error', () => {});
  await until(() => /ACCEPT \S+:(\d+)/.test(text) || child.exitCode !== null, 'openssl s_server');
  return {
    port: Number(/ACCEPT \S+:(\d+)/.exec(text)?.[1]),
    output: () => text,
    end: () => void child.kill(),
  };
}
