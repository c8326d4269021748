import { describe, expect, it } from 'vitest';
import type { Direction } from '../../ocpp/direction.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import { planReplay, type RecordedMessage, type ReplaySide } from './replay-plan.ts';

type Said = readonly [direction: Direction, message: unknown, facts?: Partial<RecordedMessage>];

function recorded(said: readonly Said[], version: OcppVersion = '2.1'): RecordedMessage[] {
  return said.map(([direction, message, facts], index) => {
    const text = typeof message === 'string' ? message : JSON.stringify(message);
    const where = { station: 'CS-1', link: direction === 'to-csms' ? 1 : 2, version, origin: 'received' } as const;
    return { entry: index + 1, wall: index * 1000, direction, text, data: Buffer.from(text), ...where, ...facts };
  });
}

function steps(said: readonly Said[], side: ReplaySide, version?: OcppVersion) {
  return planReplay(recorded(said, version), side)[0]?.steps;
}

const BOOT: readonly Said[] = [
  ['to-csms', [2, 'a', 'Heartbeat', {}]],
  ['to-station', [2, 'x', 'ClearCache', {}]],
  ['to-station', [3, 'a', { currentTime: 'now' }]],
  ['to-csms', [4, 'x', 'NotSupported', '', {}]],
];

describe('a plan', () => {
  it('plays what the station said, with the answers that it had, and expects what the CSMS asked', () => {
    expect(steps(BOOT, 'station')).toEqual([
      {
        kind: 'call',
        entry: 1,
        wall: 0,
        messageId: 'a',
        action: 'Heartbeat',
        payload: {},
        recorded: { entry: 3, text: '[3,"a",{"currentTime":"now"}]' },
      },
      {
        kind: 'expect',
        entry: 2,
        wall: 1000,
        action: 'ClearCache',
        payload: {},
        answer: { entry: 4, text: '[4,"x","NotSupported","",{}]' },
      },
    ]);
  });

  it('plays the other side of the same recording', () => {
    expect(steps(BOOT, 'csms')).toMatchObject([
      { kind: 'expect', action: 'Heartbeat', answer: { entry: 3 } },
      { kind: 'call', action: 'ClearCache', recorded: { entry: 4 } },
    ]);
  });

  it('keeps the answers apart where both sides use the same message id', () => {
    const said: readonly Said[] = [
      ['to-csms', [2, '1', 'Heartbeat', {}]],
      ['to-station', [2, '1', 'ClearCache', {}]],
      ['to-csms', [3, '1', { status: 'Accepted' }]],
      ['to-station', [3, '1', {}]],
    ];
    expect(steps(said, 'station')).toMatchObject([{ recorded: { entry: 4 } }, { answer: { entry: 3 } }]);
  });

  it('sends frames that are no messages as they were, and SENDs', () => {
    const said: readonly Said[] = [
      ['to-csms', '[2,"a"'],
      ['to-csms', '', { text: undefined, data: Uint8Array.of(1, 2) }],
      ['to-csms', [6, 'b', 'NotifyPeriodicEventStream', { id: 1 }]],
      ['to-station', 'not mine'],
    ];
    expect(steps(said, 'station')).toMatchObject([
      { kind: 'raw', binary: false, data: Buffer.from('[2,"a"') },
      { kind: 'raw', binary: true, data: Uint8Array.of(1, 2) },
      { kind: 'send', action: 'NotifyPeriodicEventStream', payload: { id: 1 } },
    ]);
  });

  it('leaves out what Plugscope made, and takes what came in', () => {
    const said: readonly Said[] = [
      ['to-csms', [2, 'a', 'Heartbeat', {}]],
      ['to-csms', [2, 'a', 'Heartbeat', { customData: {} }], { origin: 'edited', link: 2 }],
      ['to-csms', [2, 'own', 'Heartbeat', {}], { origin: 'injected', link: 2 }],
    ];
    expect(steps(said, 'station')).toMatchObject([{ kind: 'call', entry: 1, recorded: null }]);
  });

  it('connects anew where the station did, and pairs nothing across that', () => {
    const said: readonly Said[] = [
      ['to-csms', [2, 'a', 'Heartbeat', {}]],
      ['to-csms', [2, 'b', 'Heartbeat', {}], { link: 7 }],
      ['to-station', [3, 'a', {}], { link: 8 }],
    ];
    expect(steps(said, 'station')).toMatchObject([
      { kind: 'call', recorded: null },
      { kind: 'reconnect', entry: 2 },
      { kind: 'call', recorded: null },
    ]);
  });

  it('has a track for each station', () => {
    const tracks = planReplay(
      recorded([
        ['to-csms', [2, 'a', 'Heartbeat', {}]],
        ['to-csms', [2, 'a', 'Heartbeat', {}], { station: 'CS-2', version: '1.6' }],
      ]),
      'station',
    );
    expect(tracks).toMatchObject([
      { station: 'CS-1', version: '2.1' },
      { station: 'CS-2', version: '1.6' },
    ]);
  });
});
