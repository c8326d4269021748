import { describe, expect, it, onTestFinished } from 'vitest';
import { openForReading } from '../capture/database.ts';
import { SessionQueries } from '../capture/session-queries.ts';
import {
  indexed,
  NEGOTIATED,
  openedLink,
  opening,
  record,
  temporarySession,
  unwrap,
} from '../capture/testing/session-fixtures.ts';
import { systemClock } from '../clock.ts';
import { eventually } from '../testing/eventually.ts';
import { EnergyScan } from './energy-scan.ts';
import { messagesOn } from './testing/recorded-messages.ts';

const LIMIT = { component: 'SmartChargingCtrlr', variable: 'Limit' };

/** Gathers a session, and goes on doing so until the test ends. */
function scanOf(path: string): { readonly scan: EnergyScan; readonly revisions: readonly number[] } {
  const database = unwrap(openForReading(path));
  const queries = new SessionQueries(database, path);
  const revisions: number[] = [];
  const onProgress = ({ revision }: { readonly revision: number }): void => void revisions.push(revision);
  const scan = new EnergyScan({ database, queries, clock: systemClock(), onProgress });
  scan.start();
  onTestFinished(() => {
    scan.stop();
    queries.close();
  });
  return { scan, revisions };
}

const limitOf = (scan: EnergyScan, station = 'CS-1'): string | undefined =>
  scan.energy.station(station)?.known.device.value(LIMIT)?.value;

/** A SetVariables and what accepts it. */
function setting(value: string) {
  const place = { component: { name: LIMIT.component }, variable: { name: LIMIT.variable } };
  return {
    request: { setVariableData: [{ ...place, attributeValue: value }] },
    response: { setVariableResult: [{ ...place, attributeStatus: 'Accepted' }] },
  };
}

const whole = (scan: EnergyScan, entries: number): Promise<void> =>
  eventually(() => expect(scan.energy.progress).toEqual({ scanned: entries, entries }));

describe('gathering a session', () => {
  it('has what is small at once, and the rest as it comes', async () => {
    const path = temporarySession();
    const recording = await record(path);
    const on = messagesOn(recording, openedLink(recording));
    const set = (value: string): void => {
      on.call('to-station', value, 'SetVariables', setting(value).request);
      on.result('to-csms', value, setting(value).response);
    };
    set('1');
    await indexed(recording, 3);
    const { scan } = scanOf(path);
    expect(limitOf(scan)).toBe('1');
    set('2');
    await whole(scan, 5);
    expect(limitOf(scan)).toBe('2');
  });

  it('takes every entry once, in many turns, with room for others between', async () => {
    const path = temporarySession();
    const recording = await record(path);
    const links = ['A', 'B'].map((station) => openedLink(recording, station));
    const count = 30_000;
    for (let number = 0; number < count; number++) {
      const link = links[number % 2] ?? 0;
      const seqNo = number;
      const transactionInfo = { transactionId: `t-${number % 50}` };
      messagesOn(recording, link).call('to-csms', `${number}`, 'TransactionEvent', { seqNo, transactionInfo });
    }
    await recording.close();
    const { scan } = scanOf(path);
    let turns = 0;
    const counting = setInterval(() => turns++, 0);
    await whole(scan, count + 2);
    clearInterval(counting);
    const entries = ['A', 'B'].flatMap(
      (station) => scan.energy.station(station)?.known.transactions.all.flatMap(({ entries }) => entries) ?? [],
    );
    expect(entries.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index + 3));
    expect(turns).toBeGreaterThan(2);
  });

  it('gathers a station anew where what became of a message shows late, and only that one', async () => {
    const path = temporarySession();
    const recording = await record(path);
    const links = ['CS-1', 'CS-2'].map((station) => openedLink(recording, station));
    const [one, two] = links.map((link) => messagesOn(recording, link));
    for (const on of [one, two]) {
      on?.call('to-station', '1', 'SetVariables', setting('1').request);
      on?.result('to-csms', '1', setting('1').response);
    }
    // Held at a breakpoint, it is thought to have gone on.
    const held = one?.call('to-station', '2', 'SetVariables', setting('2').request) ?? 0;
    await indexed(recording, 7);
    const { scan } = scanOf(path);
    await whole(scan, 7);
    const before = scan.energy.station('CS-1');
    const other = scan.energy.station('CS-2');
    const { revision } = scan.energy;
    recording.fate(held, 'edited', 'the user');
    one?.call('to-station', '2', 'SetVariables', setting('3').request, { origin: 'edited', original: held });
    one?.result('to-csms', '2', setting('3').response);
    await whole(scan, 9);
    await eventually(() => expect(scan.energy.station('CS-1')).not.toBe(before));
    expect(limitOf(scan)).toBe('3');
    expect(limitOf(scan, 'CS-2')).toBe('1');
    expect(scan.energy.station('CS-2')).toBe(other);
    expect(scan.energy.revision).toBeGreaterThan(revision);
  });

  it('leaves a station as it is where a late fate changes nothing for it', async () => {
    const path = temporarySession();
    const recording = await record(path);
    const on = messagesOn(recording, openedLink(recording));
    const late = on.call('to-station', '1', 'SetVariables', setting('1').request);
    const said = on.call('to-csms', '2', 'MeterValues', { evseId: 1 });
    const beside = on.call('to-station', '3', 'Reset', { type: 'Immediate' });
    await indexed(recording, 4);
    const { scan } = scanOf(path);
    await whole(scan, 4);
    const before = scan.energy.station('CS-1');
    recording.fate(late, 'delayed', 'the user');
    recording.fate(said, 'dropped', 'the user');
    recording.fate(beside, 'dropped', 'the user');
    // What comes after them is taken in after them.
    on.result('to-csms', '1', setting('1').response);
    await whole(scan, 5);
    expect(limitOf(scan)).toBe('1');
    expect(scan.energy.station('CS-1')).toBe(before);
  });

  it('counts connections that a process took with it as gone since its last entry', async () => {
    const path = temporarySession();
    const first = await record(path);
    openedLink(first, 'A');
    const left = first.openLink(opening('B'));
    first.negotiated(left, NEGOTIATED);
    first.closeLink(left, { code: 1000, reason: '', by: 'peer' });
    await first.close();
    const second = await record(path);
    openedLink(second, 'A');
    await second.close();
    const { scan } = scanOf(path);
    await whole(scan, 4);
    const [offline, ...more] = scan.energy.station('A')?.known.offline ?? [];
    expect(more).toEqual([]);
    expect(offline?.to).toBeGreaterThanOrEqual(offline?.from ?? Number.POSITIVE_INFINITY);
    expect(offline?.to).toBeLessThan(Number.POSITIVE_INFINITY);
  });

  it('tells how far it is, and no more often than it says', async () => {
    const path = temporarySession();
    const recording = await record(path);
    const on = messagesOn(recording, openedLink(recording));
    await indexed(recording, 1);
    const { scan, revisions } = scanOf(path);
    const start = performance.now();
    for (let number = 1; number <= 30; number++) {
      on.call('to-csms', `${number}`, 'MeterValues', { evseId: 1 });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await whole(scan, 31);
    await eventually(() => expect(revisions.at(-1)).toBe(scan.energy.revision));
    expect(revisions.length).toBeLessThanOrEqual(Math.ceil((performance.now() - start) / 500) + 1);
  });
});
