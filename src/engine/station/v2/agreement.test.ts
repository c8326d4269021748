import { expect, it } from 'vitest';
import type { JsonObject } from '../../../ocpp/json.ts';
import { derPicture } from '../../../session/energy/der/picture.ts';
import type { EnergyEvent } from '../../../session/energy/event.ts';
import { SessionEnergy } from '../../../session/energy/session-energy.ts';
import { tariffPicture } from '../../../session/energy/tariffs/tariff-question.ts';
import { type ControllerBench, controllerBench } from '../testing/controller-bench.ts';

/** What the workbench reads of a conversation with the station, message for message. */
class Reader {
  readonly energy = new SessionEnergy(() => 0);
  readonly #bench: ControllerBench;
  #entry = 0;
  #read = 0;

  constructor(bench: ControllerBench) {
    this.#bench = bench;
  }

  /** Asks the station; what it said before and after is read too. */
  async ask(action: string, request: JsonObject): Promise<JsonObject> {
    this.said();
    const response = await this.#bench.ask(action, request);
    this.#exchange('to-station', action, request, response, this.#bench.controller.now());
    this.said();
    return response;
  }

  /** Reads what the station has said since the last time. */
  said(): void {
    const { sent, controller, clock } = this.#bench;
    const ahead = controller.now() - clock.now().mono;
    for (const { action, payload, at } of sent.slice(this.#read)) {
      this.#exchange('to-csms', action, payload, {}, ahead + 1000 * at);
    }
    this.#read = sent.length;
  }

  #exchange(
    direction: 'to-csms' | 'to-station',
    action: string,
    request: JsonObject,
    response: JsonObject,
    at: number,
  ): void {
    const call = { kind: 'request', station: 'CS-1', version: '2.1', direction, action, request, at } as const;
    const entry = ++this.#entry;
    this.energy.take({ ...call, entry });
    const answer = { ...call, kind: 'answer', requestEntry: entry, requestAt: at, entry: ++this.#entry, response };
    this.energy.take(answer as EnergyEvent);
  }
}

it('calculates and controls as the charts do: they find nothing to remark', async () => {
  const bench = controllerBench('2.1', { session: 'none' });
  await bench.connect();
  const reader = new Reader(bench);
  const tax = { taxRates: [{ type: 'vat', tax: 21 }] };
  const tariff = (tariffId: string, price: number): JsonObject => ({
    tariffId,
    currency: 'EUR',
    energy: { prices: [{ priceKwh: price, conditions: { maxEnergy: 150 } }, { priceKwh: 2 * price }], ...tax },
    idleTime: { prices: [{ priceMinute: 0.07 }], ...tax },
    fixedFee: { prices: [{ priceFixed: 0.35 }] },
  });
  await reader.ask('SetDefaultTariff', { evseId: 0, tariff: tariff('A', 0.31) });
  const at = (seconds: number) => new Date(bench.controller.now() + 1000 * seconds).toISOString();
  const droop = { overFreq: 50.2, underFreq: 49.8, overDroop: 0.05, underDroop: 0.05, responseTime: 2 };
  const control = (controlId: string, priority: number, start: number, duration: number): JsonObject => ({
    isDefault: false,
    controlId,
    controlType: 'FreqDroop',
    freqDroop: { priority, ...droop, startTime: at(start), duration },
  });
  await reader.ask('SetDERControl', control('low', 5, 10, 100));
  await bench.pass(20);
  await reader.ask('SetDERControl', control('high', 1, 30, 60));
  const idToken = { idToken: 'REMOTE', type: 'Central' };
  await reader.ask('RequestStartTransaction', { evseId: 1, idToken, remoteStartId: 42 });
  await bench.pass(60);
  const transactionId = bench.controller.evses[0]?.transaction?.id ?? '';
  await reader.ask('ChangeTransactionTariff', { transactionId, tariff: tariff('B', 0.52) });
  await bench.pass(60);
  await reader.ask('GetDERControl', { requestId: 3 });
  await reader.ask('RequestStopTransaction', { transactionId });
  await bench.pass(60);
  reader.said();

  const picture = tariffPicture(reader.energy, { station: 'CS-1', transaction: transactionId, points: 100 });
  expect(picture?.station).toMatchObject({ agrees: true, final: true });
  expect(picture?.reports.filter(({ agrees }) => !agrees)).toEqual([]);
  expect(picture?.tariffs.map(({ tariffId }) => tariffId)).toEqual(['A', 'B']);
  const to = bench.controller.now();
  const range = { from: to - 600_000, to: to + 1 };
  const der = derPicture(reader.energy, { station: 'CS-1', evseId: 1, range, at: to, selected: null });
  expect(der?.remarks).toEqual([]);
  expect(der?.startStops.map(({ id, started }) => [id, started])).toEqual([
    ['low', true],
    ['high', true],
    ['high', false],
  ]);
  expect(bench.violations).toEqual([]);
});
