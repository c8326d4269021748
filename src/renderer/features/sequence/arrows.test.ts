import { describe, expect, it } from 'vitest';
import type { TimelineRow } from '../../../session/timeline.ts';
import { plainRow } from '../../testing/scripted-engine.ts';
import { type Arrow, arrowOf, gapOf, labelOf, type Standing, sentenceOf } from './arrows.ts';
import { lanesFor } from './lanes.ts';
import { sequenceSvg } from './svg.ts';

describe('the arrow of an entry', () => {
  it.each<[string, Partial<TimelineRow>, Standing, Partial<Arrow>]>([
    ['passes the proxy', {}, 'between', { from: 'station', to: 'csms', passes: true, stopped: false, mark: null }],
    ['comes back', { direction: 'to-station' }, 'between', { from: 'csms', to: 'station', passes: true }],
    ['ends at our CSMS', {}, 'as-csms', { from: 'station', to: 'plugscope', passes: false, stopped: false }],
    [
      'starts at our CSMS',
      { direction: 'to-station', origin: 'sent' },
      'as-csms',
      { from: 'plugscope', to: 'station', passes: false },
    ],
    ['starts at our station', { origin: 'sent' }, 'as-station', { from: 'plugscope', to: 'csms' }],
    ['ends at our station', { direction: 'to-station' }, 'as-station', { from: 'csms', to: 'plugscope' }],
    [
      'was dropped',
      { fate: 'dropped' },
      'between',
      { from: 'station', to: 'plugscope', stopped: true, mark: 'dropped' },
    ],
    ['was edited', { fate: 'edited' }, 'between', { to: 'plugscope', stopped: false, mark: 'edited' }],
    [
      'went in its place',
      { origin: 'edited' },
      'between',
      { from: 'plugscope', to: 'csms', stopped: false, mark: 'edited' },
    ],
    [
      'was put in',
      { origin: 'injected', direction: 'to-station' },
      'between',
      { from: 'plugscope', to: 'station', mark: 'injected' },
    ],
    ['was only late', { fate: 'delayed' }, 'between', { from: 'station', to: 'csms', stopped: false, mark: 'delayed' }],
    ['is an answer', { type: 'CALLRESULT' }, 'between', { answer: true, wrong: false }],
    ['is an error', { type: 'CALLERROR' }, 'between', { answer: true, wrong: true }],
    ['breaks the schema', { severity: 'error' }, 'between', { wrong: true }],
    ['is only remarkable', { severity: 'warning' }, 'between', { wrong: false }],
    ['never stays where it is', { origin: 'injected' }, 'as-csms', { from: 'station', to: 'plugscope' }],
  ])('%s', (_, row, standing, expected) => {
    expect(arrowOf(plainRow(1, row), standing)).toMatchObject(expected);
  });

  it('waits at Plugscope while it is held', () => {
    expect(arrowOf(plainRow(1), 'between', true)).toMatchObject({ to: 'plugscope', stopped: false, mark: 'held' });
  });

  it('is none for an event of a link', () => {
    expect(arrowOf(plainRow(1, { kind: 'opened', type: null }), 'between')).toBeNull();
  });
});

describe('words on arrows', () => {
  it('name the message, and the latency of an answer', () => {
    expect(labelOf(plainRow(1))).toBe('Heartbeat');
    expect(labelOf(plainRow(1, { type: 'CALLRESULT', latency: 28 }))).toBe('Heartbeat result · 28 ms');
    expect(labelOf(plainRow(1, { type: 'CALLERROR', latency: 1240 }))).toBe('Heartbeat error · 1.24 s');
    expect(labelOf(plainRow(1, { type: 'malformed', action: null }))).toBe('Malformed frame');
  });

  it('say all of it to those who listen', () => {
    const row = plainRow(1, { fate: 'dropped', findings: 2 });
    const how = { standing: 'between', held: false, time: '10:05:00.000', gap: 12_000 } as const;
    expect(sentenceOf(row, how)).toBe(
      '10:05:00.000, after 12.00 s without a message: CS-1 to Plugscope: Heartbeat, dropped, 2 findings',
    );
  });

  it('know no gap before the first row, nor where the clock went back', () => {
    expect(gapOf(plainRow(2, { wall: 30 }), plainRow(1, { wall: 10 }))).toBe(20);
    expect(gapOf(plainRow(2, { wall: 5 }), plainRow(1, { wall: 10 }))).toBeNull();
    expect(gapOf(plainRow(1), undefined)).toBeNull();
  });
});

describe('lanes', () => {
  it('are one for each of a few stations, and one for all of many', () => {
    const few = lanesFor(['A', 'B']);
    expect(few.lanes.map(({ title }) => title)).toEqual(['A', 'B', 'Plugscope', 'CSMS']);
    expect([few.indexOf('station', 'B'), few.indexOf('plugscope', 'B'), few.indexOf('csms', 'B')]).toEqual([1, 2, 3]);
    const many = lanesFor(['A', 'B', 'C', 'D', 'E', 'F', 'G']);
    expect(many.shared).toBe(true);
    expect(many.lanes.map(({ title }) => title)).toEqual(['Stations', 'Plugscope', 'CSMS']);
    expect(many.indexOf('station', 'G')).toBe(0);
  });
});

describe('the saved picture', () => {
  it('has an arrow for each message, and takes no markup from a peer', () => {
    const rows = [
      plainRow(1, { action: '<script>alert(1)</script>', station: '"><b>' }),
      plainRow(2, { kind: 'opened', type: null, summary: 'a & b' }),
    ];
    const svg = sequenceSvg(rows, lanesFor(['"><b>']), () => 'between');
    expect(svg).not.toMatch(/<script|<b>/);
    expect(svg).toContain('&#60;script&#62;');
    expect(svg).toContain('a &#38; b');
    expect(svg.match(/<path /g)).toHaveLength(1);
  });
});
