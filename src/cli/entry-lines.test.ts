import { describe, expect, it } from 'vitest';
import type { ExportedEntry } from '../engine/formats/line-format.ts';
import type { Finding } from '../session/finding.ts';
import type { TimelineRow } from '../session/timeline.ts';
import { entryLines } from './entry-lines.ts';

const plainTerminal = { interactive: true, paint: (_: unknown, text: string) => text };
const WALL = new Date(2026, 10, 20, 9, 5, 1, 7).getTime();

function entryOf(row: Partial<TimelineRow>, findings: readonly Finding[] = []): ExportedEntry {
  return {
    row: {
      entry: 1,
      kind: 'frame',
      wall: WALL,
      link: 1,
      station: 'CS-1',
      version: '2.1',
      direction: 'to-csms',
      type: 'CALL',
      action: 'Reset',
      messageId: 'a',
      summary: 'Reset OnIdle',
      call: null,
      answer: null,
      latency: null,
      severity: null,
      findings: findings.length,
      size: 2,
      origin: 'received',
      original: null,
      fate: null,
      ...row,
    },
    data: Buffer.from('[]'),
    text: '[]',
    binary: false,
    findings,
    masked: false,
  };
}

describe('an entry on a terminal', () => {
  it('is one line with time, station, direction, action and summary', () => {
    expect(entryLines(entryOf({}), plainTerminal)).toBe('09:05:01.007 CS-1 → Reset · Reset OnIdle\n');
    expect(
      entryLines(
        entryOf({ direction: 'to-station', type: 'CALLRESULT', summary: 'Accepted', latency: 27.8 }),
        plainTerminal,
      ),
    ).toBe('09:05:01.007 CS-1 ← Reset result · Accepted 28 ms\n');
    expect(entryLines(entryOf({ kind: 'closed', type: null, action: null, summary: 'Closed' }), plainTerminal)).toBe(
      '09:05:01.007 CS-1 → Closed\n',
    );
  });

  it('lists its findings, and how many more there are', () => {
    const finding = { severity: 'error', rule: 'schema.enum', requirements: [], sentence: 'Wrong.' } as const;
    const text = entryLines(
      entryOf(
        {},
        Array.from({ length: 7 }, () => finding),
      ),
      plainTerminal,
    );
    expect(text.split('\n').slice(1)).toEqual([...Array(5).fill('    ✖ Wrong. schema.enum'), '    and 2 more', '']);
  });

  it('cannot steer the terminal', () => {
    const hostile = '\u001b]0;owned\u0007\u202e';
    const finding = { severity: 'info', rule: 'x', requirements: [], sentence: hostile } as const;
    const text = entryLines(entryOf({ station: hostile, action: hostile, summary: 'ok' }, [finding]), plainTerminal);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

it('an entry for a program is one line of NDJSON', () => {
  const text = entryLines(entryOf({}), { ...plainTerminal, interactive: false });
  expect(JSON.parse(text)).toMatchObject({ entry: 1, raw: '[]' });
  expect(text.endsWith('\n')).toBe(true);
});
