import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LinkFacts } from '../../session/link.ts';
import type { EntryDetail } from '../../session/timeline.ts';
import { plainRow } from '../testing/scripted-engine.ts';
import { payloadText, prettyPayload, sendCommand, shellQuoted } from './copy-as.ts';

const LINK: LinkFacts = {
  id: 1,
  conversation: 1,
  peer: 'station',
  opener: 'peer',
  station: 'CS-1',
  url: '/ocpp/CS-1',
  requestHeaders: [['Host', '192.168.1.20:9220']],
  offered: ['ocpp2.1'],
  openedAt: { wall: 0, mono: 0 },
  pings: 0,
  pongs: 0,
};
const UPSTREAM: LinkFacts = {
  ...LINK,
  id: 2,
  peer: 'csms',
  opener: 'plugscope',
  url: 'wss://csms.example:443/ocpp/CS-1',
};

function detail(text: string, more: Partial<EntryDetail['row']> = {}, legs: Partial<EntryDetail> = {}): EntryDetail {
  const row = plainRow(1, { station: 'CS-1', action: 'DataTransfer', ...more });
  return { row, text, base64: '', findings: [], link: LINK, otherLeg: UPSTREAM, ...legs };
}

describe('copying a payload', () => {
  it('takes it as it stands, numbers and all', () => {
    const row = plainRow(1);
    expect(payloadText('[2, "1", "X", {"a": 1.0, "b":1e3}]', row)).toBe('{"a": 1.0, "b":1e3}');
    expect(prettyPayload('[2,"1","X",{"a":1.0}]', row)).toBe('{\n  "a": 1.0\n}');
    expect(payloadText('[3,"1",{"a":1}]', plainRow(1, { type: 'CALLRESULT' }))).toBe('{"a":1}');
    expect(payloadText('[2,', plainRow(1, { type: 'malformed' }))).toBeUndefined();
    expect(payloadText(`[2,"1","X",${'['.repeat(100_000)}`, row)?.startsWith('[[')).not.toBe(false);
  });
});

describe('the command that sends a message again', () => {
  it.each<[string, EntryDetail, string]>([
    [
      'goes to the CSMS behind the proxy, as the station',
      detail('[2,"1","DataTransfer",{"vendorId":"it\'s"}]'),
      `plugscope send DataTransfer '{"vendorId":"it'\\''s"}' --as station --to wss://csms.example:443/ocpp --station CS-1 --version 2.1`,
    ],
    [
      'goes to where the station found us, where there is no proxy',
      detail('[2,"1","DataTransfer",{}]', {}, { otherLeg: undefined }),
      `plugscope send DataTransfer '{}' --as station --to ws://192.168.1.20:9220/ocpp --station CS-1 --version 2.1`,
    ],
    [
      'waits for the station, as the CSMS',
      detail('[2,"1","DataTransfer",{}]', { direction: 'to-station', station: 'CS 1', version: null }),
      `plugscope send DataTransfer '{}' --as csms --listen 9220 --station 'CS 1'`,
    ],
    [
      'sends what looks like a variable as it stands',
      detail('[2,"1","DataTransfer",{"data":"{{now}}"}]', { version: null }),
      `plugscope send DataTransfer '{"data":"{{now}}"}' --as station --to wss://csms.example:443/ocpp --station CS-1 --literal`,
    ],
    [
      'has no name taken for an option',
      detail('[2,"1","--help",{}]', { action: '--help', version: null }),
      `plugscope send --as station --to wss://csms.example:443/ocpp --station CS-1 -- --help '{}'`,
    ],
  ])('%s', (_, of, command) => {
    expect(sendCommand(of)).toBe(command);
  });

  it('hands a payload that is too long for an argument over on the standard input', () => {
    const command = sendCommand(detail(`[2,"1","DataTransfer",{"data":"${'x'.repeat(100_000)}"}]`));
    expect(command).toMatch(/^printf '%s' '\{"data":"x+"\}' \| plugscope send DataTransfer - --as station /);
  });

  it('is there for requests alone', () => {
    expect(sendCommand(detail('[3,"1",{}]', { type: 'CALLRESULT' }))).toBeUndefined();
    expect(sendCommand(detail('[2,', { type: 'malformed', action: null }))).toBeUndefined();
  });

  it('is quoted so that a shell hands over exactly what was meant', () => {
    const words = fc
      .string({ unit: 'grapheme', maxLength: 20 })
      .filter((word) => !word.includes('\0') && word.isWellFormed());
    const nasty = fc.constantFrom("'", '"; rm -rf /', '$(id)', '`id`', '\\', '\n', '*', '~', '!!', '-n', '');
    fc.assert(
      fc.property(fc.array(fc.oneof(words, nasty), { minLength: 1, maxLength: 10 }), (all) => {
        const echoed = execFileSync('sh', ['-c', `printf '%s\\0' ${all.map(shellQuoted).join(' ')}`], {
          encoding: 'utf8',
        });
        expect(echoed.split('\0').slice(0, -1)).toEqual(all);
      }),
      { numRuns: 30 },
    );
  });
});
