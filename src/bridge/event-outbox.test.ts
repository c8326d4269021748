import { describe, expect, it } from 'vitest';
import { createEventOutbox } from './event-outbox.ts';
import type { Event } from './events.ts';
import { sampleBench, sampleSession } from './testing/sample-handlers.ts';
import { type ServerWebSocketLike, serverWebSocketChannel } from './web-socket-channel.ts';

function slowChannel() {
  const drained: (() => void)[] = [];
  const state = { congested: false };
  return {
    state,
    congested: () => state.congested,
    onDrain: (listener: () => void) => void drained.push(listener),
    drain() {
      state.congested = false;
      for (const listener of drained) listener();
    },
  };
}

const view = (id: number, count: number) => ({ view: id, count, scanned: count, entries: count });

describe('event outbox', () => {
  it('sends at once while the client keeps up', () => {
    const sent: Event[] = [];
    const events = createEventOutbox({}, (event) => sent.push(event));
    events.viewGrown(view(1, 1));
    events.viewGrown(view(1, 2));
    expect(sent).toHaveLength(2);
  });

  it('keeps the last state of each kind for a slow client', () => {
    const channel = slowChannel();
    const sent: Event[] = [];
    const events = createEventOutbox(channel, (event) => sent.push(event));
    channel.state.congested = true;
    for (let count = 1; count <= 1000; count++) {
      events.viewGrown(view(1, count));
      events.viewGrown(view(2, count));
      events.benchChanged({ ...sampleBench, linksOpen: count });
    }
    expect(sent).toEqual([]);
    channel.drain();
    expect(sent).toEqual([
      { name: 'viewGrown', value: view(1, 1000) },
      { name: 'viewGrown', value: view(2, 1000) },
      { name: 'benchChanged', value: { ...sampleBench, linksOpen: 1000 } },
    ]);
  });

  it('forgets the views and the notes of a session that was replaced meanwhile', () => {
    const channel = slowChannel();
    const sent: Event[] = [];
    const events = createEventOutbox(channel, (event) => sent.push(event));
    channel.state.congested = true;
    events.viewGrown(view(1, 1));
    events.sessionChanged(sampleSession);
    events.notesChanged({ session: sampleSession.path, bookmarks: [], filters: [], colours: [], unreadable: 0 });
    events.benchChanged(sampleBench);
    events.sessionReplaced({ ...sampleSession, name: 'other' });
    channel.drain();
    expect(sent.map((event) => event.name)).toEqual(['benchChanged', 'sessionReplaced']);
  });
});

describe('a web socket towards a slow reader', () => {
  it('is congested until the reader has caught up, and reads nothing from it meanwhile', () => {
    const sent: (() => void)[] = [];
    const socket = {
      readyState: 1,
      bufferedAmount: 0,
      reading: true,
      send(text: string, done: () => void) {
        socket.bufferedAmount += text.length;
        sent.push(done);
      },
      pause: () => {
        socket.reading = false;
      },
      resume: () => {
        socket.reading = true;
      },
      close() {},
      addEventListener() {},
    };
    const channel = serverWebSocketChannel(socket satisfies ServerWebSocketLike);
    let drains = 0;
    channel.onDrain?.(() => drains++);
    channel.post('x'.repeat(2 << 20));
    expect([channel.congested?.(), socket.reading]).toEqual([true, false]);
    socket.bufferedAmount = 0;
    for (const done of sent) done();
    expect([channel.congested?.(), socket.reading, drains]).toEqual([false, true, 1]);
  });
});
