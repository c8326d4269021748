import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Direction } from '../../../ocpp/direction.ts';
import { startBench } from '../../proxy/testing/bench.ts';
import { until } from '../../testing/until.ts';
import { entryOf, items, temporaryFolder, written } from '../testing/exported.ts';
import { PCAP_READER } from './pcap-reader.ts';

const FIXTURE = fileURLToPath(new URL('../../../../fixtures/captures/proxy.pcap', import.meta.url));

const isThere = (command: string): boolean => spawnSync(command, ['--version']).status === 0;
const tshark = isThere('tshark');
if (!tshark) console.log('tshark is not installed, so what it reads of an export is not tested.');
const capture = canCapture();
if (!capture) console.log('tcpdump cannot capture here, so a capture of live traffic is not tested.');

/** Whether tcpdump is there and may listen on the loopback. */
function canCapture(): boolean {
  return process.platform === 'linux' && isThere('tcpdump') && process.getuid?.() === 0;
}

interface Seen {
  readonly direction: Direction;
  readonly text: string;
}

async function framesOf(file: Uint8Array): Promise<readonly Seen[]> {
  return (await items(PCAP_READER, file)).flatMap((item) =>
    item.kind === 'frame' ? [{ direction: item.frame.direction, text: Buffer.from(item.frame.data).toString() }] : [],
  );
}

describe.runIf(tshark)('Wireshark', () => {
  it('finds every text frame in an export, and nothing wrong with its packets', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'export.pcapng');
    const texts = [
      '[2,"a","Heartbeat",{}]',
      `[3,"a",{"x":"${'ä'.repeat(40_000)}"}]`,
      '[2,"b","Reset",{"type":"Soft"}]',
    ];
    const entries = texts.map((text, index) =>
      entryOf(text, { entry: index + 1, direction: index === 0 ? 'to-csms' : 'to-station', link: 1 + (index % 2) }),
    );
    writeFileSync(path, (await written('pcapng', entries)).file);
    const checks = ['-o', 'ip.check_checksum:TRUE', '-o', 'tcp.check_checksum:TRUE'];
    const ask = (filter: string, ...fields: readonly string[]): string =>
      execFileSync('tshark', ['-r', path, ...checks, '-Y', filter, ...fields], { encoding: 'utf8', stdio: 'pipe' });
    const fields = ['payload_length', 'payload_length_ext_16', 'payload_length_ext_64'];
    const said = ask(
      'websocket.opcode == 1',
      '-T',
      'fields',
      ...fields.flatMap((field) => ['-e', `websocket.${field}`]),
    );
    // The last one that is there counts (RFC 6455, 5.2).
    const lengths = said
      .trim()
      .split('\n')
      .map((line) => Number(line.trim().split(/\s+/).at(-1)));
    expect(lengths.toSorted((a, b) => a - b)).toEqual(
      texts.map((text) => Buffer.byteLength(text)).toSorted((a, b) => a - b),
    );
    expect(ask('http.request', '-T', 'fields', '-e', 'http.request.uri')).toContain('/ocpp/CS-1');
    const wrong = 'tcp.checksum.status == "Bad" || ip.checksum.status == "Bad" || tcp.analysis.flags || _ws.malformed';
    expect(ask(wrong)).toBe('');
  });
});

describe.runIf(capture)('tcpdump', () => {
  it('captures through the proxy the frames that the proxy records', async () => {
    const bench = await startBench();
    const path = join(temporaryFolder(), 'live.pcap');
    const dump = spawn('tcpdump', ['-i', 'lo', '-U', '-w', path, '-s', '0', `tcp port ${bench.proxy.port}`]);
    let said = '';
    dump.stderr.on('data', (part) => {
      said += part;
    });
    try {
      await until(() => said.includes('listening on') || dump.exitCode !== null, 'tcpdump to listen');
      const { station, csms } = await bench.pair('/ocpp/CS-9');
      for (let index = 0; index < 20; index++) {
        station.ws.send(`[2,"${index}","Heartbeat",{"text":"${'x'.repeat(index * 500)}"}]`);
        csms.ws.send(`[3,"${index}",{"currentTime":"ä€😀"}]`);
      }
      station.ws.ping('hi');
      await until(() => csms.messages.length === 20 && station.messages.length === 20, 'all messages');
      station.ws.close(1001, 'enough');
      await until(() => csms.closing, 'the end');
      const size = (): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
      // The end of the connection is in the capture, too.
      await until(() => readFileSync(path).includes('HTTP/1.1 101') && size() > 100_000, 'tcpdump to write');
    } finally {
      const exited = once(dump, 'exit');
      dump.kill('SIGINT');
      await exited;
      await bench.close();
    }
    const of = (all: readonly Seen[], direction: Direction): readonly string[] =>
      all.filter((seen) => seen.direction === direction).map(({ text }) => text);
    const recorded = bench.recorder.frames.map(({ direction, data }) => ({
      direction,
      text: Buffer.from(data).toString(),
    }));
    const imported = await framesOf(readFileSync(path));
    expect(of(imported, 'to-csms')).toEqual(of(recorded, 'to-csms'));
    expect(of(imported, 'to-station')).toEqual(of(recorded, 'to-station'));
    if (process.env.PLUGSCOPE_KEEP_CAPTURE) writeFileSync(process.env.PLUGSCOPE_KEEP_CAPTURE, readFileSync(path));
  });
});

describe('a capture that tcpdump made of a conversation through the proxy', () => {
  it('has the link, its frames both ways, the ping and the end', async () => {
    const read = await items(PCAP_READER, readFileSync(FIXTURE));
    expect(read[0]).toMatchObject({
      kind: 'opened',
      opening: { station: 'CS-9', offered: ['ocpp1.6'] },
      negotiation: { status: 101, version: '1.6' },
    });
    const frames = await framesOf(readFileSync(FIXTURE));
    expect(frames.filter(({ direction }) => direction === 'to-csms')).toHaveLength(20);
    expect(frames.filter(({ direction }) => direction === 'to-station')).toHaveLength(20);
    expect(frames.at(0)?.text).toBe('[2,"0","Heartbeat",{"text":""}]');
    expect(read.some((item) => item.kind === 'control' && item.type === 'ping')).toBe(true);
    expect(read.filter(({ kind }) => kind === 'fault' || kind === 'assumed')).toEqual([]);
    expect(read.at(-1)).toMatchObject({ kind: 'closed', closing: { code: 1001, reason: 'enough', by: 'peer' } });
  });
});
