import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../ocpp/json.ts';
import { type ControllerBench, controllerBench } from '../testing/controller-bench.ts';

const message = (id: number, more: JsonObject = {}): JsonObject => ({
  id,
  priority: 'NormalCycle',
  message: { format: 'UTF8', content: `Message ${id}` },
  ...more,
});
const set = async (bench: ControllerBench, given: JsonObject) =>
  (await bench.ask('SetDisplayMessage', { message: given })).status;
const clear = async (bench: ControllerBench, id: number) => (await bench.ask('ClearDisplayMessage', { id })).status;

async function shown(bench: ControllerBench, wanted: JsonObject = {}): Promise<unknown[] | undefined> {
  const before = bench.of('NotifyDisplayMessages').length;
  const { status } = await bench.ask('GetDisplayMessages', { requestId: 3, ...wanted });
  const told = bench.of('NotifyDisplayMessages').slice(before);
  expect(status).toBe(told.length > 0 ? 'Accepted' : 'Unknown');
  expect(told.map(({ requestId, tbc }) => [requestId, tbc])).toEqual(told.map((_, at) => [3, at < told.length - 1]));
  return told.flatMap(({ messageInfo }) => (messageInfo as JsonObject[]).map(({ id }) => id));
}

describe.each(['2.0.1', '2.1'] as const)('the display in %s', (version) => {
  async function idle(): Promise<ControllerBench> {
    const bench = controllerBench(version, { session: 'none' });
    await bench.connect();
    return bench;
  }

  it('holds messages, tells of them in parts and lets go of them (O01, O03 to O06)', async () => {
    const bench = await idle();
    expect(await shown(bench)).toEqual([]);
    for (let id = 1; id <= 20; id++) expect(await set(bench, message(id))).toBe('Accepted');
    expect(await set(bench, message(21))).toBe('Rejected');
    expect(await set(bench, message(20, { state: 'Charging' }))).toBe('Accepted');
    expect(await shown(bench)).toHaveLength(20);
    expect(await shown(bench, { state: 'Charging' })).toEqual([20]);
    expect(await shown(bench, { id: [3, 99] })).toEqual([3]);
    expect(await shown(bench, { priority: 'InFront' })).toEqual([]);
    expect([await clear(bench, 3), await clear(bench, 3)]).toEqual(['Accepted', 'Unknown']);
    expect(bench.violations).toEqual([]);
  });

  it('has one message that is always in front, and none that is over (O01.FR.07, FR.16)', async () => {
    const bench = await idle();
    await set(bench, message(1, { priority: 'AlwaysFront' }));
    await set(bench, message(2, { priority: 'AlwaysFront' }));
    await set(bench, message(3, { endDateTime: new Date(bench.controller.now() + 10_000).toISOString() }));
    expect(await shown(bench)).toEqual([2, 3]);
    await bench.pass(11);
    expect(await shown(bench)).toEqual([2]);
  });

  it('refuses what it cannot show, and forgets what is of a transaction (O01.FR.02, FR.03, O02.FR.01, FR.02)', async () => {
    const bench = await idle();
    expect(await set(bench, message(1, { message: { format: 'HTML', content: '<b>' } }))).toBe(
      'NotSupportedMessageFormat',
    );
    expect(await set(bench, message(1, { state: 'Faulted' }))).toBe('NotSupportedState');
    expect(await set(bench, message(1, { transactionId: 'other' }))).toBe('UnknownTransaction');
    expect(await set(bench, message(1, { display: { name: 'Display' } }))).toBe('Rejected');
    const idToken = { idToken: 'REMOTE', type: 'Central' };
    await bench.ask('RequestStartTransaction', { evseId: 1, idToken, remoteStartId: 42 });
    await bench.pass(5);
    const transactionId = bench.controller.evses[0]?.transaction?.id ?? '';
    expect(await set(bench, message(1, { transactionId }))).toBe('Accepted');
    expect(await shown(bench)).toEqual([1]);
    await bench.ask('RequestStopTransaction', { transactionId });
    expect(await shown(bench)).toEqual([]);
  });
});
