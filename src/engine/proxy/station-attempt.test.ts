import { expect, it } from 'vitest';
import type { LinkOpening } from '../../session/link.ts';
import { RefusalBook } from '../admission/refusals/refusal-book.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { fakeRecorder } from '../testing/fake-recorder.ts';
import { StationAttempt } from './station-attempt.ts';

it('gives back no place in the record that it never had', () => {
  const recorder = fakeRecorder();
  const refusals = new RefusalBook({ recorder, clock: fakeClock(), perMinute: 1 });
  const opening: LinkOpening = {
    peer: 'station',
    opener: 'peer',
    station: 'CS-1',
    url: '/CS-1',
    requestHeaders: [],
    offered: [],
  };
  const attempt = () => new StationAttempt(opening, refusals, recorder);
  const first = attempt();
  const second = attempt();
  expect([first.isWithheld, second.isWithheld]).toEqual([false, true]);
  second.record(second.link);
  second.opened({ status: 101 });
  expect(attempt().isWithheld).toBe(true);
  first.opened({ status: 101 });
  expect(attempt().isWithheld).toBe(false);
});
