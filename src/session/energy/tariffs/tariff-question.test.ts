import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../../../fixtures/energy/load.ts';
import type { JsonObject } from '../../../ocpp/json.ts';
import type { EnergyEvent } from '../event.ts';
import { SessionEnergy } from '../session-energy.ts';
import type { TariffPicture } from './tariff-picture.ts';
import { tariffPicture } from './tariff-question.ts';

const START = Date.parse('2026-11-20T10:00:00Z');
const minute = (minutes: number): number => START + minutes * 60_000;

/** Messages of one station of 2.1, a minute apart unless they say when they were. */
class Conversation {
  readonly energy = new SessionEnergy(() => 3_600_000);
  #entry = 0;

  request(direction: 'to-csms' | 'to-station', action: string, at: number, request: JsonObject): EnergyEvent {
    this.#entry += 1;
    const event = {
      kind: 'request',
      station: 'S',
      version: '2.1',
      direction,
      action,
      entry: this.#entry,
      at,
      request,
    } as const;
    this.energy.take(event);
    return event;
  }

  exchange(direction: 'to-csms' | 'to-station', action: string, at: number, request: JsonObject, response: JsonObject) {
    const call = this.request(direction, action, at, request);
    this.#entry += 1;
    this.energy.take({
      ...call,
      kind: 'answer',
      entry: this.#entry,
      requestEntry: call.entry,
      requestAt: call.at,
      response,
    } as EnergyEvent);
  }

  /** A TransactionEvent with the register in it. */
  event(
    eventType: string,
    at: number,
    wattHours: number,
    { info = {}, answer = {}, ...more }: JsonObject & { info?: JsonObject; answer?: JsonObject } = {},
  ): void {
    const request: JsonObject = {
      eventType,
      timestamp: new Date(at).toISOString(),
      triggerReason: 'Trigger',
      seqNo: this.#entry,
      evse: { id: 1 },
      transactionInfo: { transactionId: 'tx', ...info },
      meterValue: [{ timestamp: new Date(at).toISOString(), sampledValue: [{ value: wattHours }] }],
      ...more,
    };
    this.exchange('to-csms', 'TransactionEvent', at, request, answer);
  }

  /** A tariff at this price per kWh. */
  setDefault(tariffId: string, priceKwh: number, status = 'Accepted', at = minute(-10)): void {
    this.exchange('to-station', 'SetDefaultTariff', at, { evseId: 0, tariff: tariff(tariffId, priceKwh) }, { status });
  }

  picture(): TariffPicture {
    const picture = tariffPicture(this.energy, { station: 'S', transaction: 'tx', points: 100 });
    if (!picture) throw new Error('There is no such transaction.');
    return picture;
  }
}

function tariff(tariffId: string, priceKwh: number, more: JsonObject = {}): JsonObject {
  return { tariffId, currency: 'EUR', energy: { prices: [{ priceKwh }] }, ...more };
}

const CHARGING = { chargingState: 'Charging' };

function sentences({ remarks }: TariffPicture): readonly string[] {
  return remarks.map(({ sentence }) => sentence);
}

describe('which tariff counts', () => {
  it('takes the default tariff of the EVSE that the transaction names, and not one that was refused', () => {
    const talk = new Conversation();
    talk.setDefault('D', 0.5);
    talk.setDefault('X', 9, 'TooManyElements');
    talk.event('Started', minute(0), 1000, { info: { ...CHARGING, tariffId: 'D' } });
    talk.event('Ended', minute(60), 11_000);
    const picture = talk.picture();
    expect(picture.tariffs.map(({ tariffId, kind, entry, toldEntry }) => [tariffId, kind, entry, toldEntry])).toEqual([
      ['D', 'default', 1, 5],
    ]);
    expect(picture.totals.at(-1)?.calculated).toEqual({ exclTax: 5, inclTax: 5 });
    expect(sentences(picture)).toEqual([
      'SetDefaultTariff with tariff X came to nothing. The station answered TooManyElements.',
    ]);
  });

  it("prefers the driver's tariff, ignores its validFrom (I08.FR.10), and says that no event names it", () => {
    const talk = new Conversation();
    talk.setDefault('D', 0.5);
    const driver = tariff('M', 0.25, { validFrom: '2030-01-01T00:00:00Z' });
    const idToken = { idToken: 'ABC', type: 'ISO14443' };
    talk.exchange(
      'to-csms',
      'Authorize',
      minute(-1),
      { idToken },
      { idTokenInfo: { status: 'Accepted' }, tariff: driver },
    );
    talk.event('Started', minute(0), 0, { idToken, info: CHARGING });
    talk.event('Ended', minute(60), 10_000);
    const picture = talk.picture();
    expect(picture.tariffs.map(({ tariffId, kind }) => [tariffId, kind])).toEqual([['M', 'driver']]);
    expect(picture.totals.at(-1)?.calculated?.exclTax).toBe(2.5);
    expect(sentences(picture)[0]).toContain('No event of the transaction names its tariff (I07.FR.32, I08.FR.22)');
  });

  it('says where a transaction uses another tariff than it should, or one that nobody sent', () => {
    const talk = new Conversation();
    talk.setDefault('D', 0.5);
    talk.event('Started', minute(0), 0, { info: { ...CHARGING, tariffId: 'Z' } });
    const picture = talk.picture();
    expect(picture.missing).toContain('The transaction uses tariff Z, but no message of this session brought it');
    expect(picture.missing).toContain('where the default tariff D was to be expected (I07.FR.14)');
    expect(picture.tariffs).toEqual([]);
  });

  it('changes the tariff with the event that says so, or else with the answer (I11.FR.07, I11.FR.08)', () => {
    const told = new Conversation();
    const silent = new Conversation();
    for (const talk of [told, silent]) {
      talk.setDefault('D', 0.5);
      talk.event('Started', minute(0), 0, { info: { ...CHARGING, tariffId: 'D' } });
      const change = { transactionId: 'tx', tariff: tariff('N', 1) };
      talk.exchange('to-station', 'ChangeTransactionTariff', minute(30), change, { status: 'Accepted' });
      if (talk === told)
        talk.event('Updated', minute(36), 6000, { triggerReason: 'TariffChanged', info: { tariffId: 'N' } });
      talk.event('Ended', minute(60), 10_000);
    }
    expect(told.picture().tariffs.map(({ from }) => from)).toEqual([minute(0), minute(36)]);
    expect(told.picture().totals.at(-1)?.calculated?.exclTax).toBe(7);
    expect(silent.picture().totals.at(-1)?.calculated?.exclTax).toBe(7.5);
    expect(sentences(silent.picture())[0]).toContain('it counts from the answer to ChangeTransactionTariff on');
  });

  it('does not calculate a change of the currency (I11.FR.05)', () => {
    const talk = new Conversation();
    talk.setDefault('D', 0.5);
    talk.event('Started', minute(0), 0, { info: { ...CHARGING, tariffId: 'D' } });
    const change = { transactionId: 'tx', tariff: tariff('N', 1, { currency: 'SEK' }) };
    talk.exchange('to-station', 'ChangeTransactionTariff', minute(30), change, { status: 'Accepted' });
    talk.event('Ended', minute(60), 10_000);
    expect(talk.picture().totals.at(-1)?.calculated?.exclTax).toBe(5);
    expect(sentences(talk.picture())[0]).toContain('NoCurrencyChange (I11.FR.05)');
  });

  it('counts a reservation from its request on, and a payment as the token says', () => {
    const talk = new Conversation();
    const paid = tariff('D', 0, {
      fixedFee: { prices: [{ priceFixed: 3, conditions: { paymentBrand: 'Visa' } }, { priceFixed: 1 }] },
      reservationTime: { prices: [{ priceMinute: 0.1 }] },
    });
    talk.exchange('to-station', 'SetDefaultTariff', minute(-40), { evseId: 1, tariff: paid }, { status: 'Accepted' });
    talk.exchange('to-station', 'ReserveNow', minute(-20), { id: 7, evseId: 1 }, { status: 'Accepted' });
    const additionalInfo = [{ type: 'PaymentBrand', additionalIdToken: 'Visa' }];
    const idToken = { idToken: 'ABC', type: 'DirectPayment', additionalInfo };
    talk.event('Started', minute(0), 0, { idToken, reservationId: 7, info: { ...CHARGING, tariffId: 'D' } });
    talk.event('Ended', minute(60), 10_000);
    const sums = talk.picture().totals.map(({ dimension, calculated }) => [dimension, calculated?.exclTax]);
    expect(sums).toEqual([
      ['fixed', 3],
      ['energy', 0],
      ['reservationTime', 2],
      ['total', 5],
    ]);
  });
});

describe('what a CSMS says', () => {
  it('is held against the latest meter value before CostUpdated, and against the end for the final answer', () => {
    const talk = new Conversation();
    talk.setDefault('D', 0.5);
    talk.event('Started', minute(0), 0, { info: { ...CHARGING, tariffId: 'D' } });
    talk.event('Updated', minute(30), 5000);
    talk.request('to-station', 'CostUpdated', minute(33), { transactionId: 'tx', totalCost: 2.5 });
    talk.event('Updated', minute(40), 7000, { answer: { totalCost: 3.5 } });
    talk.event('Ended', minute(60), 10_000, { answer: { totalCost: 10 } });
    const { reports, csms } = talk.picture();
    expect(reports.map(({ action, inclTax, agrees, final }) => [action, inclTax, agrees, final])).toEqual([
      ['CostUpdated', 2.5, true, false],
      ['TransactionEvent', 3.5, true, false],
      ['TransactionEvent', 10, false, true],
    ]);
    expect(csms?.sentences.at(-1)).toBe(
      'The total: the CSMS says 10.00 EUR with tax; calculated: 5.00 EUR. That is 5.00 EUR more.',
    );
  });

  it('is shown by itself where there is no tariff: 2.0.1 has none in messages, 1.6 no costs either', () => {
    const talk = new Conversation();
    const old = (version: string, action: string, request: JsonObject) =>
      talk.energy.take({
        kind: 'request',
        station: 'S',
        version,
        direction: 'to-csms',
        action,
        entry: 1,
        at: START,
        request,
      } as EnergyEvent);
    old('2.0.1', 'TransactionEvent', {
      eventType: 'Started',
      timestamp: new Date(START).toISOString(),
      transactionInfo: { transactionId: 'tx' },
    });
    old('2.0.1', 'CostUpdated', { transactionId: 'tx', totalCost: 4.2 });
    const picture = talk.picture();
    expect(picture.missing).toBe(
      'OCPP 2.0.1 has tariffs as texts alone, so that nothing can be calculated. What the CSMS said of the cost is shown.',
    );
    expect(picture.totals).toEqual([
      { dimension: 'total', calculated: null, station: null, csms: { exclTax: null, inclTax: 4.2 } },
    ]);
    expect(picture.reports[0]?.agrees).toBeNull();
  });
});

describe('the trace with a tariff that changes', () => {
  const energy = new SessionEnergy();
  for (const event of eventsOf('tariff-change')) energy.take(event);
  const of = (transaction: string) => tariffPicture(energy, { station: 'TAR-1', transaction, points: 500 });

  it('is calculated to the cent of what its station says, over night, change of tariff and idle time', () => {
    const picture = of('a7c1-tariff-0001');
    expect(picture?.station).toMatchObject({ agrees: true, final: true });
    expect(picture?.reports.map(({ agrees }) => agrees)).toEqual([true, true, true]);
    expect(picture?.periods.map(({ because }) => because)).toEqual([
      'start of the transaction',
      'energy price 1 applies: from 22:00 to 06:00',
      'tariff WIND-NIGHT from here on',
      'idle time price 1 applies: after 5 min idle',
    ]);
    const { lines } = picture ?? {};
    expect(lines?.total.at(-1)).toBe(picture?.totals.at(-1)?.calculated?.inclTax);
  });

  it('names the tax that the second station leaves out, and is right in what the CSMS says', () => {
    const picture = of('a7c1-tariff-0002');
    expect(picture?.station?.causes.join()).toContain('no-tax');
    expect(picture?.csms).toMatchObject({ agrees: true, final: false });
  });

  it('ends with the minimum cost', () => {
    const picture = of('a7c1-tariff-0003');
    expect(picture?.typeOfCost).toBe('MinCost');
    expect(picture?.lines.total.at(-1)).toBe(2.42);
  });

  it('is plain JSON, and nothing where nothing is known', () => {
    const picture = of('a7c1-tariff-0001');
    expect(JSON.parse(JSON.stringify(picture))).toEqual(picture);
    expect(of('none')).toBeNull();
  });
});

it('calculates nothing for a transaction that lasts for thousands of years, and says why', () => {
  const said = new Conversation();
  said.setDefault('T', 0.5);
  said.event('Started', minute(0), 0, { info: { tariffId: 'T' } });
  said.event('Ended', Date.parse('9999-12-31T00:00:00Z'), 1000);
  const picture = tariffPicture(said.energy, { station: 'S', transaction: 'tx', points: 100 });
  expect(picture).toMatchObject({ periods: [], missing: expect.stringContaining('more than ten years') });
});

it('takes any number of events that name a tariff', () => {
  const said = new Conversation();
  said.setDefault('T', 0.5);
  for (let index = 0; index < 50_000; index++) {
    said.request('to-csms', 'TransactionEvent', minute(0), {
      ...{ eventType: 'Updated', timestamp: new Date(minute(index)).toISOString(), seqNo: index },
      transactionInfo: { transactionId: 'tx', tariffId: 'T' },
    });
  }
  expect(said.energy.station('S')?.topics.tariffs.toldBy('tx')).toHaveLength(20_000);
});
