import { describe, expect, it } from 'vitest';
import type { Direction } from '../ocpp/direction.ts';
import { createConversation } from './conversation.ts';
import type { MadeFrame, Observation } from './observation.ts';

/** A conversation into which an intercepting proxy puts frames of its own; every entry takes 10 ms. */
function intercepted() {
  const fold = createConversation({ version: '2.1', station: 'CS-1', validator: { validate: () => [] } });
  let entry = 0;
  const frame = (direction: Direction, message: unknown, made?: MadeFrame): Observation => {
    entry += 1;
    const content = { kind: 'text', text: typeof message === 'string' ? message : JSON.stringify(message) } as const;
    return fold.observe({ entry, direction, mono: entry * 10, size: content.text.length, content, made });
  };
  return {
    fold,
    station: (message: unknown) => frame('to-csms', message),
    csms: (message: unknown) => frame('to-station', message),
    made: frame,
  };
}

const edited = (original: number) => ({ origin: 'edited', original }) as const;
const injected = (original: number | null = null) => ({ origin: 'injected', original }) as const;
const rules = ({ findings }: Observation) => findings.map(({ rule }) => rule);

describe('an edited CALL', () => {
  it('takes the answer, of which the CALL that came in has its share', () => {
    const { station, csms, made } = intercepted();
    station([2, 'a', 'Heartbeat', {}]);
    expect(rules(made('to-csms', [2, 'a', 'Heartbeat', { customData: { vendorId: 'x' } }], edited(1)))).toEqual([]);
    expect(csms([3, 'a', {}])).toMatchObject({ call: 2, answers: [2, 1], latency: 10, findings: [] });
  });

  it('is answered under its new id, and its sender under the old one', () => {
    const { station, csms, made } = intercepted();
    station([2, 'a', 'Heartbeat', {}]);
    made('to-csms', [2, 'b', 'Heartbeat', {}], edited(1));
    expect(csms([3, 'b', {}])).toMatchObject({ call: 2, answers: [2, 1], action: 'Heartbeat', findings: [] });
    expect(made('to-station', [3, 'a', {}], edited(3))).toMatchObject({ call: 1, action: 'Heartbeat', findings: [] });
    expect(rules(station([2, 'c', 'Heartbeat', {}]))).toEqual([]);
  });

  it('is answered as what it became', () => {
    const { station, csms, made } = intercepted();
    station([2, 'a', 'Heartbeat', {}]);
    made('to-csms', [2, 'a', 'NotifyEvent', {}], edited(1));
    expect(csms([3, 'a', {}])).toMatchObject({ action: 'NotifyEvent', call: 2 });
  });

  it('has no answer once, not twice', () => {
    const { fold, station, made } = intercepted();
    station([2, 'a', 'Heartbeat', {}]);
    made('to-csms', [2, 'b', 'Heartbeat', {}], edited(1));
    expect(fold.expire(60_000)).toMatchObject([{ entry: 2, finding: { rule: 'rpc.no-response' } }]);
  });
});

it('pairs an edited answer as the one that came in', () => {
  const { station, csms, made } = intercepted();
  station([2, 'a', 'Heartbeat', {}]);
  csms([3, 'a', {}]);
  expect(made('to-station', [3, 'a', { currentTime: 'x' }], edited(2))).toMatchObject({ call: 1, findings: [] });
  expect(rules(csms([3, 'a', {}]))).toEqual(['rpc.response-duplicate']);
});

describe('an injected CALL', () => {
  it('is paired, and nobody is to blame that it comes beside another', () => {
    const { station, csms, made } = intercepted();
    csms([2, 'a', 'GetReport', {}]);
    expect(rules(made('to-station', [2, 'mine', 'ClearCache', {}], injected()))).toEqual([]);
    expect(station([3, 'mine', {}])).toMatchObject({ call: 2, action: 'ClearCache', findings: [] });
    station([3, 'a', {}]);
    made('to-station', [2, 'mine-2', 'ClearCache', {}], injected());
    expect(rules(csms([2, 'b', 'GetReport', {}]))).toEqual([]);
  });

  it('as a copy has answers of its own, and no more', () => {
    const { station, csms, made } = intercepted();
    station([2, 'a', 'Heartbeat', {}]);
    expect(rules(made('to-csms', [2, 'a', 'Heartbeat', {}], injected(1)))).toEqual([]);
    expect(rules(csms([3, 'a', {}]))).toEqual([]);
    expect(rules(csms([3, 'a', {}]))).toEqual([]);
    expect(rules(csms([3, 'a', {}]))).toEqual(['rpc.response-duplicate']);
  });
});

it('takes an answer in the place of a peer as the answer', () => {
  const { fold, station, made } = intercepted();
  station([2, 'a', 'Heartbeat', {}]);
  expect(made('to-station', [4, 'a', 'InternalError', '', {}], injected())).toMatchObject({ call: 1, findings: [] });
  expect(fold.expire(60_000)).toEqual([]);
});

it('waits for no answer to what was dropped', () => {
  const { fold, station } = intercepted();
  station([2, 'a', 'Heartbeat', {}]);
  station([2, 'b', 'Heartbeat', {}]);
  fold.dropped(1);
  expect(fold.expire(60_000)).toMatchObject([{ entry: 2 }]);
});

it('takes no answer to what Plugscope broke for a fault of its own', () => {
  const { station, csms, made } = intercepted();
  station([2, 'a', 'Heartbeat', {}]);
  expect(made('to-csms', '[2,"a","Heartb', edited(1)).type).toBe('malformed');
  expect(rules(csms([3, 'a', {}]))).toEqual([]);
});
