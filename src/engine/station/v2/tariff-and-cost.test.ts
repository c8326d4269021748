import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../ocpp/json.ts';
import { type ControllerBench, controllerBench, type Script } from '../testing/controller-bench.ts';

const VAT = { type: 'vat', tax: 20 };
const tariff = (tariffId: string, priceKwh: number, more: JsonObject = {}): JsonObject => ({
  tariffId,
  currency: 'EUR',
  energy: { prices: [{ priceKwh }], taxRates: [VAT] },
  ...more,
});
const idToken = { idToken: 'REMOTE', type: 'Central' };

async function idle(script: Script = {}): Promise<ControllerBench> {
  const bench = controllerBench('2.1', { session: 'none', script });
  await bench.connect();
  return bench;
}
async function start(bench: ControllerBench, evseId = 1): Promise<string> {
  await bench.ask('RequestStartTransaction', { evseId, idToken, remoteStartId: 42 });
  await bench.pass(5);
  return bench.controller.evses[evseId - 1]?.transaction?.id ?? '';
}
const set = async (bench: ControllerBench, given: JsonObject, evseId = 0) =>
  (await bench.ask('SetDefaultTariff', { evseId, tariff: given })).status;
const stop = (bench: ControllerBench, transactionId: string) => bench.ask('RequestStopTransaction', { transactionId });
const variable = (bench: ControllerBench, name: string, instance: string | undefined, attributeValue: string) =>
  bench.ask('SetVariables', {
    setVariableData: [
      { component: { name: 'TariffCostCtrlr' }, variable: instance ? { name, instance } : { name }, attributeValue },
    ],
  });
const events = (bench: ControllerBench) => bench.of('TransactionEvent');
const costs = (bench: ControllerBench) =>
  events(bench).flatMap(({ costDetails, eventType, triggerReason }) =>
    costDetails ? [{ eventType, triggerReason, details: costDetails as JsonObject }] : [],
  );
const part = (holder: unknown, name: string) => (holder as JsonObject)[name] as JsonObject;

describe('default tariffs', () => {
  it('are at each EVSE or at one, and told of (I07.FR.06, FR.11, FR.12, I09)', async () => {
    const bench = await idle();
    expect(await bench.ask('GetTariffs', { evseId: 0 })).toEqual({ status: 'NoTariff' });
    expect(await set(bench, tariff('A', 0.3))).toBe('Accepted');
    expect(await set(bench, tariff('B', 0.4), 2)).toBe('Accepted');
    expect(await set(bench, tariff('C', 0.4), 9)).toBe('Rejected');
    expect(await set(bench, tariff('A', 0.5), 1)).toBe('DuplicateTariffId');
    expect(await bench.ask('GetTariffs', { evseId: 0 })).toEqual({
      status: 'Accepted',
      tariffAssignments: [
        { tariffId: 'A', tariffKind: 'DefaultTariff', evseIds: [1] },
        { tariffId: 'B', tariffKind: 'DefaultTariff', evseIds: [2] },
      ],
    });
    expect(await bench.ask('GetTariffs', { evseId: 2 })).toMatchObject({ tariffAssignments: [{ tariffId: 'B' }] });
  });

  it('become valid at their time (I07.FR.19 to FR.23)', async () => {
    const bench = await idle();
    const inSeconds = (seconds: number) => new Date(bench.controller.now() + 1000 * seconds).toISOString();
    await set(bench, tariff('now', 0.3), 1);
    const validFrom = inSeconds(100);
    expect(await set(bench, tariff('later', 0.4, { validFrom }), 1)).toBe('Accepted');
    const before = await bench.ask('GetTariffs', { evseId: 1 });
    expect(before.tariffAssignments).toMatchObject([{ tariffId: 'now' }, { tariffId: 'later', validFrom }]);
    await bench.pass(101);
    const after = await bench.ask('GetTariffs', { evseId: 1 });
    expect(after.tariffAssignments).toMatchObject([{ tariffId: 'later' }]);
    // One that says it is older takes nobody's place.
    await set(bench, tariff('older', 0.4, { validFrom: '2020-01-01T00:00:00Z' }), 1);
    expect((await bench.ask('GetTariffs', { evseId: 1 })).tariffAssignments).toMatchObject([{ tariffId: 'later' }]);
  });

  it('are refused where they cannot be calculated with (I07.FR.01, FR.02, FR.05)', async () => {
    const bench = await idle();
    const prices = Array.from({ length: 21 }, () => ({ priceKwh: 1 }));
    expect(await set(bench, tariff('A', 1, { energy: { prices } }))).toBe('TooManyElements');
    expect(await set(bench, tariff('A', 1, { currency: 'eu' }))).toBe('Rejected');
    await variable(bench, 'Enabled', 'Tariff', 'false');
    expect(await bench.ask('SetDefaultTariff', { evseId: 0, tariff: tariff('A', 1) })).toEqual({
      error: 'NotSupported',
    });
  });

  it('are cleared by id and EVSE, and go on in a transaction (I10)', async () => {
    const bench = await idle();
    expect(await bench.ask('ClearTariffs', {})).toEqual({ clearTariffsResult: [{ status: 'NoTariff' }] });
    await set(bench, tariff('A', 0.3), 1);
    await set(bench, tariff('B', 0.3), 2);
    const id = await start(bench);
    expect(await bench.ask('ClearTariffs', { tariffIds: ['A'], evseId: 2 })).toEqual({
      clearTariffsResult: [{ status: 'NoTariff' }],
    });
    expect(await bench.ask('ClearTariffs', { tariffIds: ['A', 'other'] })).toEqual({
      clearTariffsResult: [
        { tariffId: 'A', status: 'Accepted' },
        { tariffId: 'other', status: 'NoTariff' },
      ],
    });
    expect(await bench.ask('ClearTariffs', {})).toEqual({
      clearTariffsResult: [{ tariffId: 'B', status: 'Accepted' }],
    });
    await stop(bench, id);
    expect(costs(bench).at(-1)?.details).toMatchObject({ chargingPeriods: [{ tariffId: 'A' }] });
    expect(bench.violations).toEqual([]);
  });
});

describe('the cost of a transaction', () => {
  it('is told at its start, in between and at its end, with its tariff once (I07.FR.32, I12)', async () => {
    const bench = await idle();
    const more = { fixedFee: { prices: [{ priceFixed: 1.5 }] }, idleTime: { prices: [{ priceMinute: 0.1 }] } };
    await set(bench, tariff('A', 0.3, more));
    const id = await start(bench);
    await bench.pass(130);
    await stop(bench, id);
    expect(costs(bench).map(({ eventType, triggerReason }) => [eventType, triggerReason])).toEqual([
      ['Started', 'RemoteStart'],
      ['Updated', 'RunningCost'],
      ['Updated', 'RunningCost'],
      ['Ended', 'RemoteStop'],
    ]);
    expect(
      events(bench).flatMap(({ transactionInfo }) => part({ transactionInfo }, 'transactionInfo').tariffId ?? []),
    ).toEqual(['A']);
    const [first, , , last] = costs(bench).map(({ details }) => details);
    expect(first).toMatchObject({
      totalCost: { currency: 'EUR', typeOfCost: 'NormalCost', fixed: { exclTax: 1.5 }, total: { exclTax: 1.5 } },
      totalUsage: { energy: 0, chargingTime: 0, idleTime: 0 },
    });
    expect(first).not.toHaveProperty('chargingPeriods');
    const { energy } = part(last, 'totalUsage') as { energy: number };
    expect(energy).toBeGreaterThan(200);
    const exclTax = (0.3 * energy) / 1000;
    expect(part(last, 'totalCost')).toMatchObject({
      energy: { exclTax: expect.closeTo(exclTax, 9), inclTax: expect.closeTo(1.2 * exclTax, 9), taxRates: [VAT] },
      idleTime: { exclTax: 0 },
      total: { exclTax: expect.closeTo(exclTax + 1.5, 9), inclTax: expect.closeTo(1.2 * exclTax + 1.5, 9) },
    });
    // What the meter said at both ends is what is paid for.
    const registers = events(bench).flatMap(({ eventType, meterValue }) => {
      const [{ sampledValue }] = (meterValue ?? [{ sampledValue: [] }]) as [{ sampledValue: JsonObject[] }];
      const at = sampledValue.find(({ measurand }) => measurand === 'Energy.Active.Import.Register');
      return at && eventType !== 'Updated' ? [at.value as number] : [];
    });
    expect((registers[1] ?? 0) - (registers[0] ?? 0)).toBeCloseTo(energy, 6);
    expect((last as JsonObject).chargingPeriods).toMatchObject([
      {
        tariffId: 'A',
        dimensions: [{ type: 'Energy', volume: energy }, { type: 'ChargingTime' }, { type: 'IdleTIme' }],
      },
    ]);
    expect(bench.violations).toEqual([]);
  });

  it('is told at the end alone where running costs are off, and not at all where costs are (I12.FR.01, FR.02)', async () => {
    const bench = await idle();
    await set(bench, tariff('A', 0.3));
    await variable(bench, 'Enabled', 'RunningCost', 'false');
    await stop(bench, await start(bench));
    expect(costs(bench).map(({ eventType }) => eventType)).toEqual(['Ended']);
    await variable(bench, 'Enabled', 'Cost', 'false');
    await bench.pass(10);
    await stop(bench, await start(bench));
    expect(costs(bench)).toHaveLength(1);
  });

  it('ends a period where another price applies, and stops at the maximum (I12.FR.35, FR.39, FR.40)', async () => {
    const bench = await idle();
    const prices: JsonObject[] = [{ priceKwh: 0.3, conditions: { maxEnergy: 100 } }, { priceKwh: 0.6 }];
    await set(bench, tariff('A', 0, { energy: { prices }, maxCost: { exclTax: 0.1 } }));
    const id = await start(bench);
    await bench.pass(150);
    await stop(bench, id);
    const details = costs(bench).at(-1)?.details ?? {};
    expect(details.totalCost).toMatchObject({ typeOfCost: 'MaxCost', total: { exclTax: expect.closeTo(0.1, 9) } });
    expect(details.chargingPeriods).toMatchObject([
      { dimensions: [{ type: 'Energy', volume: expect.closeTo(100, 3) }, {}, {}] },
      { tariffId: 'A' },
    ]);
  });

  it('goes on by another tariff from its change on (I11)', async () => {
    const bench = await idle();
    await set(bench, tariff('A', 0.3));
    const id = await start(bench);
    await bench.pass(30);
    const change = async (given: JsonObject, transactionId = id) =>
      (await bench.ask('ChangeTransactionTariff', { transactionId, tariff: given })).status;
    expect(await change(tariff('B', 1), 'other')).toBe('TxNotFound');
    expect(await change(tariff('B', 1, { currency: 'SEK' }))).toBe('NoCurrencyChange');
    expect(await change(tariff('B', 1))).toBe('Accepted');
    expect(events(bench).at(-1)).toMatchObject({
      eventType: 'Updated',
      triggerReason: 'TariffChanged',
      transactionInfo: { transactionId: id, tariffId: 'B' },
    });
    expect((await bench.ask('GetTariffs', { evseId: 1 })).tariffAssignments).toMatchObject([
      { tariffId: 'A', tariffKind: 'DefaultTariff' },
      { tariffId: 'B', tariffKind: 'DriverTariff', evseIds: [1], idTokens: ['REMOTE'] },
    ]);
    await bench.pass(30);
    await stop(bench, id);
    const { chargingPeriods, totalCost } = costs(bench).at(-1)?.details ?? {};
    const periods = chargingPeriods as JsonObject[];
    expect(periods.map(({ tariffId }) => tariffId)).toEqual(['A', 'B']);
    const [a, b] = periods.map(({ dimensions }) => (dimensions as { volume: number }[])[0]?.volume ?? Number.NaN);
    const exclTax = (0.3 * (a ?? 0) + (b ?? 0)) / 1000;
    expect(part(totalCost, 'energy').exclTax).toBeCloseTo(exclTax, 6);
    expect(bench.violations).toEqual([]);
  });
});

describe('the tariff of a driver (I08)', () => {
  const answering = (given: JsonObject): Script => ({
    Authorize: { idTokenInfo: { status: 'Accepted' }, tariff: given },
  });

  it('counts instead of the default one, until the transaction is over (I08.FR.04, FR.06, FR.22)', async () => {
    const bench = await idle(answering(tariff('driver', 0.9, { validFrom: '2999-01-01T00:00:00Z' })));
    await set(bench, tariff('A', 0.3));
    const id = await start(bench);
    expect(events(bench)[0]).toMatchObject({ transactionInfo: { tariffId: 'driver' } });
    await stop(bench, id);
    expect(costs(bench).at(-1)?.details).toMatchObject({ chargingPeriods: [{ tariffId: 'driver' }] });
    expect((await bench.ask('GetTariffs', { evseId: 0 })).tariffAssignments).toMatchObject([{ tariffId: 'A' }]);
  });

  it.each([
    ['UseDefault', 'A'],
    ['CentralCost', undefined],
    ['Deauthorize', 'none'],
  ])('where it cannot be calculated with, is handled by %s (I08.FR.30 to FR.36)', async (handling, tariffId) => {
    const bench = await idle(answering(tariff('driver', 0.9, { currency: 'eu' })));
    await set(bench, tariff('A', 0.3));
    await variable(bench, 'HandleFailedTariff', 'Tariff', handling);
    const id = await start(bench);
    const [problem] = bench.of('NotifyEvent').map(({ eventData }) => (eventData as JsonObject[])[0]);
    expect(problem).toMatchObject({
      trigger: 'Alerting',
      eventNotificationType: 'HardWiredNotification',
      component: { name: 'TariffCostCtrlr' },
      variable: { name: 'Problem' },
      actualValue: 'true',
      techCode: 'InvalidValue',
    });
    const [first] = events(bench);
    if (tariffId === 'none') expect(first).toBeUndefined();
    else expect(part(first, 'transactionInfo').tariffId).toBe(tariffId);
    bench.script.Authorize = { idTokenInfo: { status: 'Accepted' }, tariff: tariff('driver', 0.9) };
    if (id) await stop(bench, id);
    await bench.pass(10);
    await start(bench);
    expect(bench.of('NotifyEvent').at(-1)).toMatchObject({ eventData: [{ actualValue: 'false' }] });
    expect(bench.violations).toEqual([]);
  });

  it('is paid with the reservation before it (I12.FR.06 to FR.08)', async () => {
    const more = {
      reservationTime: { prices: [{ priceMinute: 0.6 }] },
      reservationFixed: { prices: [{ priceFixed: 2 }] },
    };
    const bench = await idle(answering(tariff('driver', 0, more)));
    const expiryDateTime = new Date(bench.controller.now() + 600_000).toISOString();
    await bench.ask('ReserveNow', { id: 5, evseId: 1, expiryDateTime, idToken });
    await bench.pass(97);
    await start(bench);
    expect(costs(bench)[0]?.details).toMatchObject({
      totalCost: { reservationFixed: { exclTax: 2 }, reservationTime: { exclTax: expect.closeTo(1, 9) } },
      totalUsage: { reservationTime: 100 },
    });
  });
});
