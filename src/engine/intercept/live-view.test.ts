import { expect, it } from 'vitest';
import type { Direction } from '../../ocpp/direction.ts';
import { createValidator } from '../../ocpp/schemas.ts';
import type { TimelineRow } from '../../session/timeline.ts';
import {
  everything,
  indexed,
  NEGOTIATED,
  open,
  opening,
  record,
  temporarySession,
} from '../capture/testing/session-fixtures.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { LiveView } from './live-view.ts';

/* A filter gives the same answer of a live frame as of its entry, so both have to be the same. */

type Step =
  | readonly [Direction, text: string | Uint8Array]
  | readonly [Direction, text: string, made: 'edited' | 'injected', original: number | undefined]
  | readonly ['dropped', entry: number];

/** Frames of one conversation; the first has entry 3, behind those of its two links. */
const STEPS: readonly Step[] = [
  ['to-csms', '[2,"1","Heartbeat",{}]'],
  ['to-csms', '[2,"2","Heartbeat",{"wrong":1}]'],
  ['to-station', '[3,"1",{"currentTime":"2026-01-01T00:00:00Z"}]'],
  ['to-station', '[3,"1",{"currentTime":"2026-01-01T00:00:00Z"}]'],
  ['to-station', '[4,"2","NoSuchCode","",{}]'],
  ['to-csms', '[2,"3","Authorize",{"idToken":{"idToken":"A","type":"Central"}}]'],
  ['to-csms', '[2,"9","Authorize",{"idToken":{"idToken":"B","type":"Central"}}]', 'edited', 8],
  ['to-station', '[3,"9",{"idTokenInfo":{"status":"Accepted"}}]'],
  ['to-station', '[3,"3",{"idTokenInfo":{"status":"Accepted"}}]', 'edited', 10],
  ['to-station', '[2,"ours","GetBaseReport",{"requestId":1,"reportBase":"FullInventory"}]', 'injected', undefined],
  ['to-csms', '[3,"ours",{"status":"Accepted"}]'],
  ['to-csms', '[2,"4","Heartbeat",{}]'],
  ['dropped', 14],
  ['to-csms', '[2,"5","Heartbeat",{}]'],
  ['to-station', '[3,"orphan",{}]'],
  ['to-csms', Uint8Array.of(0x5b, 0xff)],
  ['to-csms', 'no JSON'],
  ['to-csms', '[6,"6","NotifyPeriodicEventStream",{}]'],
  ['to-csms', '[2,"5","Heartbeat",{}]'],
];

// Workers are started, which load much: a machine that does everything at once takes its time.
it('sees each frame as its entry will be', { timeout: 240_000 }, async () => {
  const clock = fakeClock();
  const path = temporarySession();
  const recording = await record(path, { clock });
  const links = { 'to-csms': recording.openLink(opening()), 'to-station': 0 };
  recording.negotiated(links['to-csms'], NEGOTIATED);
  links['to-station'] = recording.openLink(opening('CS-1', { peer: 'csms', pairedWith: links['to-csms'] }));
  recording.negotiated(links['to-station'], NEGOTIATED);
  const view = new LiveView({
    conversation: links['to-csms'],
    station: 'CS-1',
    version: '2.1',
    validator: createValidator(),
    pending: [],
  });
  const live = new Map<number, { row: TimelineRow; text: string | undefined; rules: readonly string[] }>();
  for (const step of STEPS) {
    clock.advance(7);
    if (step[0] === 'dropped') {
      recording.fate(step[1], 'dropped', 'a test');
      view.dropped(step[1]);
      continue;
    }
    const [direction, content, made, original] = step;
    const data = typeof content === 'string' ? Buffer.from(content) : content;
    const link = links[direction];
    const entry = recording.frame(link, direction, made ?? 'received', data, false, () => {}, original);
    const arrival = { entry, direction, data, binary: false, at: clock.now() };
    if (made) {
      view.made(arrival, { origin: made, original: original ?? null });
      continue;
    }
    const { subject } = view.received(arrival, link);
    live.set(entry, { row: subject.row, text: subject.text(), rules: subject.findingRules() });
  }
  clock.advance(100);
  await indexed(recording, STEPS.length + 1);
  const reader = await open(path);
  const entries = (await everything(reader)).filter(({ row }) => live.has(row.entry));
  expect(entries).toHaveLength(live.size);
  for (const { row, text } of entries) {
    // What came after the frame is not known yet when it comes.
    const known = { answer: null, fate: null };
    expect({ ...live.get(row.entry)?.row, ...known }).toEqual({ ...row, ...known });
    expect(live.get(row.entry)?.text).toBe(text);
    const detail = await reader.entry(row.entry);
    expect(live.get(row.entry)?.rules).toEqual(detail?.findings.map(({ rule }) => rule));
  }
  expect([...live.values()].filter(({ rules }) => rules.length > 0).length).toBeGreaterThan(5);
});

it('has what an answer answers, and forgets it in time', () => {
  const view = new LiveView({
    conversation: 1,
    station: 'CS-1',
    version: '2.1',
    validator: createValidator(),
    pending: [{ entry: 1, direction: 'to-csms', mono: 0, messageId: 'before', action: 'Heartbeat' }],
  });
  const receive = (entry: number, direction: Direction, text: string) =>
    view.received({ entry, direction, data: Buffer.from(text), binary: false, at: { mono: entry, wall: entry } }, 1)
      .subject;
  const before = receive(2, 'to-station', '[3,"before",{}]');
  expect(before.row).toMatchObject({ action: 'Heartbeat', call: 1, latency: 2 });
  expect(before.counterpart()).toBeUndefined();
  const call = '[2,"1","Heartbeat",{}]';
  receive(3, 'to-csms', call);
  const answer = receive(4, 'to-station', '[3,"1",{}]');
  expect(answer.counterpart()).toEqual({ type: 'CALL', text: call });
  for (let entry = 5; entry < 100; entry += 1) receive(entry, 'to-csms', `[6,"${entry}","X",{}]`);
  expect(answer.counterpart()).toBeUndefined();
});
