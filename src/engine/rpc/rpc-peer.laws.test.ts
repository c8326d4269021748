import fc from 'fast-check';
import { expect, it } from 'vitest';
import { OCPP_VERSIONS } from '../../ocpp/version.ts';
import type { Effect } from './effects.ts';
import { heartbeat, peerOf, received, sentFrames } from './testing/peer.ts';

const version = fc.constantFrom(...OCPP_VERSIONS);
const role = fc.constantFrom('csms' as const, 'station' as const);
const id = fc.constantFrom('m1', 'm2', 'm3', 'a', 'b', '', '-1', 'x'.repeat(40));
const action = fc.constantFrom('Heartbeat', 'ClearCache', 'DataTransfer', 'NotifyPeriodicEventStream', 'toString', '');
const element = fc.oneof(fc.constantFrom(2, 3, 4, 5, 6, 7, -1, 1.5), id, action, fc.jsonValue());
/** Text that looks like a frame often enough to reach every branch. */
const frame = fc.oneof(
  fc.array(element, { maxLength: 6 }).map((elements) => JSON.stringify(elements)),
  fc
    .tuple(fc.constantFrom(2, 6), id, action, fc.constantFrom({}, null, { status: 'Accepted' }))
    .map((f) => JSON.stringify(f)),
  fc.tuple(fc.constant(3), id, fc.constantFrom({}, { status: 'Accepted' })).map((f) => JSON.stringify(f)),
  fc.tuple(fc.constantFrom(4, 5), id, fc.string(), fc.string(), fc.constant({})).map((f) => JSON.stringify(f)),
  fc.string(),
);

const step = fc.oneof(
  { weight: 4, arbitrary: frame.map((text) => ({ kind: 'receive' as const, text })) },
  { weight: 3, arbitrary: fc.constant({ kind: 'call' as const }) },
  { weight: 1, arbitrary: fc.nat(2000).map((wait) => ({ kind: 'wait' as const, wait })) },
  {
    weight: 3,
    arbitrary: fc.constantFrom('m1', 'm2', 'm3').map((messageId) => ({ kind: 'result' as const, messageId })),
  },
);

it('never throws, and puts only frames of its version on the wire', () => {
  fc.assert(
    fc.property(version, role, fc.array(frame, { maxLength: 20 }), (of, as, texts) => {
      const peer = peerOf(of, as);
      for (const sent of texts.flatMap((text) => sentFrames(received(peer, text)))) {
        expect(of === '2.1' ? [4, 5] : [4]).toContain(sent[0]);
      }
    }),
  );
});

it('has at most one call outstanding, and settles every call exactly once', () => {
  fc.assert(
    fc.property(version, fc.array(step, { maxLength: 40 }), (of, steps) => {
      const peer = peerOf(of, 'csms');
      const called: string[] = [];
      const settled: string[] = [];
      let outstanding = 0;
      let now = 0;
      const watch = (effects: readonly Effect[]) => {
        for (const effect of effects) {
          if (effect.kind === 'settled') {
            settled.push(effect.messageId);
            outstanding--;
          }
          if (effect.kind === 'send' && effect.text.startsWith('[2,')) outstanding++;
          expect(outstanding).toBeLessThanOrEqual(1);
        }
      };
      for (const next of steps) {
        if (next.kind === 'receive') watch(received(peer, next.text, now));
        if (next.kind === 'result') watch(received(peer, `[3,"${next.messageId}",{"status":"Accepted"}]`, now));
        if (next.kind === 'wait') {
          now += next.wait;
          watch(peer.expire(now));
        }
        if (next.kind === 'call') {
          const { messageId, effects } = peer.call('ClearCache', {}, now);
          called.push(messageId);
          watch(effects);
        }
      }
      // Closing settles what is left, of which at most one was sent.
      settled.push(...peer.close().flatMap((effect) => (effect.kind === 'settled' ? [effect.messageId] : [])));
      expect(settled).toEqual(called);
    }),
  );
});

it('answers every valid request exactly once, whatever comes between', () => {
  fc.assert(
    fc.property(version, fc.array(fc.oneof(frame, fc.uuid().map(heartbeat)), { maxLength: 30 }), (of, texts) => {
      const peer = peerOf(of, 'csms');
      const requests: string[] = [];
      for (const text of texts) {
        for (const effect of received(peer, text)) {
          if (effect.kind === 'request') requests.push(effect.call.messageId);
        }
      }
      const answers = requests.flatMap((messageId) => [
        ...sentFrames(peer.answer(messageId, { ok: true, payload: {} })),
        ...sentFrames(peer.answer(messageId, { ok: true, payload: {} })),
      ]);
      expect(answers).toEqual(requests.map((messageId) => [3, messageId, {}]));
    }),
  );
});
