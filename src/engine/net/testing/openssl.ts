import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../testing/until.ts';
import type { Credential } from '../tls/credential.ts';

/** Whether there is an openssl to test against. */
export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/** A TLS client of another make. */
export interface OpensslClient {
  /** All that it printed, and what it received. */
  output(): string;
  write(text: string): void;
  readonly ended: boolean;
  /** Waits for a part of its output. */
  expect(text: string): Promise<string>;
}

/** Starts clients, and ends them with their files. */
export class Openssl {
  readonly #folder = mkdtempSync(join(tmpdir(), 'plugscope-openssl-'));
  readonly #children: ChildProcess[] = [];
  #files = 0;

  /** Starts `openssl s_client` to a port of this machine. */
  connect(port: number, ...more: readonly string[]): OpensslClient {
    const child = spawn('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, '-ign_eof', ...more]);
    this.#children.push(child);
    let text = '';
    let ended = false;
    const take = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    // The process may be gone while it is written to.
    child.stdin.on('error', () => {});
    child.on('close', () => {
      ended = true;
    });
    return {
      output: () => text,
      write: (data) => void child.stdin.write(data),
      get ended() {
        return ended;
      },
      async expect(part) {
        await until(() => text.includes(part), `"${part}" in the output of openssl, which is: ${text}`);
        return text;
      },
    };
  }

  /** The options with which a client presents a certificate. */
  presenting({ chain, key }: Credential): string[] {
    const [, ...issuers] = chain.split(/(?<=-----END CERTIFICATE-----\n)/);
    return ['-cert', this.file(chain), '-cert_chain', this.file(issuers.join('')), '-key', this.file(key)];
  }

  /** Writes a file for it. */
  file(text: string): string {
    this.#files += 1;
    const path = join(this.#folder, `${this.#files}.pem`);
    writeFileSync(path, text);
    return path;
  }

  close(): void {
    for (const child of this.#children.splice(0)) child.kill('SIGKILL');
  }

  end(): void {
    this.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
