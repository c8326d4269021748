import { describe, expect, it } from 'vitest';
import type { Fate } from '../../session/timeline.ts';
import type { Recording } from '../capture/recording.ts';
import { NEGOTIATED, opening, record, temporarySession } from '../capture/testing/session-fixtures.ts';
import { eventsOfSession, messagesOn, short } from './testing/recorded-messages.ts';

const DOWN = 'to-station';
const UP = 'to-csms';

/** The events of a session with what a test records on one link of a station, the link's own left out. */
async function eventsOf(say: (on: ReturnType<typeof messagesOn>, recording: Recording) => void): Promise<string[]> {
  const path = temporarySession();
  const recording = await record(path);
  const link = recording.openLink(opening());
  recording.negotiated(link, NEGOTIATED);
  say(messagesOn(recording, link), recording);
  await recording.close();
  return eventsOfSession(path).slice(1).map(short);
}

/** A SetVariables of one value, in a payload that says no more than the tests need. */
const set = (value: number): { value: number } => ({ value });
const ACCEPTED = { status: 'Accepted' };

describe('what is asked of a station', () => {
  it('counts with its answer as they went', async () => {
    expect(
      await eventsOf((on) => {
        on.call(DOWN, '1', 'SetVariables', set(1));
        on.result(UP, '1', ACCEPTED);
      }),
    ).toEqual(['SetVariables {"value":1} 2', 'SetVariables {"value":1} 2 answered {"status":"Accepted"} 3']);
  });

  it.each<Fate>(['dropped', 'answered', 'undelivered'])('does not count where it was %s', async (fate) => {
    expect(
      await eventsOf((on, recording) => {
        const call = on.call(DOWN, '1', 'SetVariables', set(1));
        recording.fate(call, fate, 'a test');
        // In its place, to its sender: the station knows nothing of it.
        if (fate === 'answered') on.result(UP, '1', ACCEPTED, { origin: 'injected', original: call });
      }),
    ).toEqual([]);
  });

  it('counts where it went on late', async () => {
    const events = await eventsOf((on, recording) => {
      recording.fate(on.call(DOWN, '1', 'SetVariables', set(1)), 'delayed', 'a test');
    });
    expect(events).toEqual(['SetVariables {"value":1} 2']);
  });

  it('counts as it was edited, also where the edit has another message id', async () => {
    expect(
      await eventsOf((on, recording) => {
        const call = on.call(DOWN, '1', 'SetVariables', set(1));
        recording.fate(call, 'edited', 'a test');
        on.call(DOWN, 'new', 'SetVariables', set(2), { origin: 'edited', original: call });
        const answer = on.result(UP, 'new', ACCEPTED);
        recording.fate(answer, 'edited', 'message id restored');
        on.result(UP, '1', ACCEPTED, { origin: 'edited', original: answer });
      }),
    ).toEqual(['SetVariables {"value":2} 3', 'SetVariables {"value":2} 3 answered {"status":"Accepted"} 4']);
  });

  it('counts as often as it reached the station', async () => {
    expect(
      await eventsOf((on, recording) => {
        const call = on.call(DOWN, '1', 'SetVariables', set(1));
        on.call(DOWN, 'copy', 'SetVariables', set(1), { origin: 'injected', original: call });
        on.result(UP, '1', ACCEPTED);
        recording.fate(on.result(UP, 'copy', { status: 'Rejected' }), 'consumed', 'a test');
      }),
    ).toEqual([
      'SetVariables {"value":1} 2',
      'SetVariables {"value":1} 3',
      'SetVariables {"value":1} 2 answered {"status":"Accepted"} 4',
      'SetVariables {"value":1} 3 answered {"status":"Rejected"} 5',
    ]);
  });

  it('counts where Plugscope asked, though nobody else sees the answer', async () => {
    expect(
      await eventsOf((on, recording) => {
        on.call(DOWN, '1', 'SetVariables', set(1), { origin: 'injected' });
        recording.fate(on.result(UP, '1', ACCEPTED), 'consumed', 'a test');
      }),
    ).toEqual(['SetVariables {"value":1} 2', 'SetVariables {"value":1} 2 answered {"status":"Accepted"} 3']);
  });

  it('has the answer that the station gave, not what was made of it', async () => {
    expect(
      await eventsOf((on, recording) => {
        on.call(DOWN, '1', 'SetVariables', set(1));
        const answer = on.result(UP, '1', { status: 'Rejected' });
        recording.fate(answer, 'edited', 'a test');
        on.result(UP, '1', ACCEPTED, { origin: 'edited', original: answer });
      }),
    ).toEqual(['SetVariables {"value":1} 2', 'SetVariables {"value":1} 2 answered {"status":"Rejected"} 3']);
  });
});

describe('what a station says', () => {
  it.each<Fate>(['dropped', 'answered', 'undelivered', 'edited'])('counts where it was %s', async (fate) => {
    const events = await eventsOf((on, recording) => {
      recording.fate(on.call(UP, '1', 'MeterValues', { evseId: 1 }), fate, 'a test');
    });
    expect(events).toEqual(['MeterValues {"evseId":1} 2']);
  });

  it('counts as it said it, with the answer that reached it', async () => {
    expect(
      await eventsOf((on, recording) => {
        const call = on.call(UP, '1', 'TransactionEvent', { seqNo: 1 });
        recording.fate(call, 'edited', 'a test');
        on.call(UP, 'new', 'TransactionEvent', { seqNo: 2 }, { origin: 'edited', original: call });
        const answer = on.result(DOWN, 'new', { totalCost: 3 });
        recording.fate(answer, 'edited', 'message id restored');
        on.result(DOWN, '1', { totalCost: 4 }, { origin: 'edited', original: answer });
      }),
    ).toEqual(['TransactionEvent {"seqNo":1} 2', 'TransactionEvent {"seqNo":1} 2 answered {"totalCost":4} 5']);
  });

  it('counts as it said it where just the payload was edited', async () => {
    expect(
      await eventsOf((on, recording) => {
        const call = on.call(UP, '1', 'TransactionEvent', { seqNo: 1 });
        recording.fate(call, 'edited', 'a test');
        on.call(UP, '1', 'TransactionEvent', { seqNo: 2 }, { origin: 'edited', original: call });
        on.result(DOWN, '1', {});
      }),
    ).toEqual(['TransactionEvent {"seqNo":1} 2', 'TransactionEvent {"seqNo":1} 2 answered {} 4']);
  });

  it('has the answer that Plugscope gave in place of the CSMS', async () => {
    expect(
      await eventsOf((on, recording) => {
        const call = on.call(UP, '1', 'TransactionEvent', { seqNo: 1 });
        recording.fate(call, 'answered', 'a test');
        on.result(DOWN, '1', { totalCost: 4 }, { origin: 'injected', original: call });
      }),
    ).toEqual(['TransactionEvent {"seqNo":1} 2', 'TransactionEvent {"seqNo":1} 2 answered {"totalCost":4} 3']);
  });

  it('is not what was said in its name', async () => {
    expect(
      await eventsOf((on, recording) => {
        on.call(UP, '1', 'MeterValues', { evseId: 1 }, { origin: 'injected' });
        recording.fate(on.result(DOWN, '1', {}), 'consumed', 'a test');
      }),
    ).toEqual([]);
  });
});

describe('what cannot be', () => {
  it('is passed over: no message, no JSON, the wrong side, an action of another version, an answer to nothing', async () => {
    expect(
      await eventsOf((on, recording) => {
        on.call(UP, '1', 'SetVariables', set(1));
        on.result(DOWN, '1', ACCEPTED);
        on.call(UP, '2', 'StartTransaction', {});
        on.result(UP, 'nothing', ACCEPTED);
        on.call(DOWN, '3', 'SetVariables', set(1), { origin: 'received' });
        recording.frame(1, UP, 'received', Buffer.from('[3,"3",{"status":'), false, () => {});
        recording.frame(1, UP, 'received', Buffer.from('[2,"4","MeterValues",[]]'), false, () => {});
        recording.frame(1, UP, 'received', Buffer.from([0xff, 0xfe]), false, () => {});
        recording.frame(1, UP, 'received', Buffer.from('[2,"5","MeterValues",{}]'), true, () => {});
      }),
    ).toEqual(['SetVariables {"value":1} 6']);
  });
});

describe('the connections of a station', () => {
  it('count together, those of a proxy to the CSMS left out', async () => {
    const path = temporarySession();
    const recording = await record(path);
    const open = (station: string, pairedWith?: number): number => {
      const leg = pairedWith === undefined ? {} : ({ peer: 'csms', opener: 'plugscope', pairedWith } as const);
      const link = recording.openLink(opening(station, leg));
      recording.negotiated(link, NEGOTIATED);
      return link;
    };
    const close = (link: number): void => recording.closeLink(link, { code: 1000, reason: '', by: 'peer' });
    const first = open('A');
    const upstream = open('A', first);
    const other = open('B');
    const second = open('A');
    close(first);
    close(upstream);
    close(second);
    close(other);
    open('A');
    await recording.close();
    expect(eventsOfSession(path).map(short)).toEqual([
      'connected A 1',
      'connected B 3',
      'disconnected A 7',
      'disconnected B 8',
      'connected A 9',
    ]);
  });
});
