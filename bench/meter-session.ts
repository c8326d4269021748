import { openForIndexing } from '../src/engine/capture/database.ts';
import { IndexStore } from '../src/engine/capture/index-store.ts';
import type { LinkOpening } from '../src/session/link.ts';

/** The station of the session. */
export const METERED_STATION = 'CS-METER';
/** When its first sample was taken. */
export const FIRST_SAMPLE = Date.UTC(2026, 0, 1);

/** Meter values of one message, a second apart, and samples of each. */
const VALUES = 10;
const SAMPLES = 5;
/** Of one message. */
export const SAMPLES_A_MESSAGE = VALUES * SAMPLES;
const SECONDS = 1000;
/** Messages of one transaction of the file. */
const COMMIT = 2000;

const OPENING: LinkOpening = {
  peer: 'station',
  opener: 'peer',
  station: METERED_STATION,
  url: `/${METERED_STATION}`,
  requestHeaders: [],
  offered: ['ocpp2.1'],
};

/** Makes a session file in which one station has measured so often, as the index of a recording would. */
export function makeMeterSession(path: string, samples: number): { readonly messages: number; readonly bytes: number } {
  const opened = openForIndexing(path);
  if (!opened.ok) throw new Error(opened.error.sentence);
  const store = new IndexStore(opened.value);
  const { station } = store.insertLink(1, 1, OPENING, { wall: FIRST_SAMPLE, mono: 0 });
  store.setNegotiation(1, '2.1', 'open', null, JSON.stringify({ status: 101, chosen: 'ocpp2.1', version: '2.1' }));
  const messages = Math.ceil(samples / SAMPLES_A_MESSAGE);
  let bytes = 0;
  for (let message = 0; message < messages; message++) {
    const wall = FIRST_SAMPLE + (message + 1) * VALUES * SECONDS;
    const data = Buffer.from(transactionEvent(message));
    bytes += data.byteLength;
    store.insertEntry({
      entry: message + 1,
      kind: 'frame',
      at: { wall, mono: wall - FIRST_SAMPLE },
      link: 1,
      station,
      direction: 'to-csms',
      type: 'CALL',
      action: 'TransactionEvent',
      messageId: String(message),
      summary: '',
      call: null,
      latency: null,
      findings: [],
      size: data.byteLength,
      answers: [],
      origin: 'received',
      original: null,
    });
    store.insertFrame(message + 1, 'text', data);
    if (message % COMMIT === COMMIT - 1) store.commit({ segment: 1, offset: 0 });
  }
  store.commit({ segment: 1, offset: 0 });
  store.finish();
  return { messages, bytes };
}

/** Power that goes up and down, with spikes that a chart must not lose, and what a meter shows beside it. */
function transactionEvent(message: number): string {
  const meterValue = Array.from({ length: VALUES }, (_, index) => {
    const second = message * VALUES + index;
    const power = 11_000 + Math.round(8000 * Math.sin(second / 900)) + (second % 7919 === 0 ? 40_000 : second % 13);
    const sample = (measurand: string, value: number): object => ({ measurand, value });
    return {
      timestamp: new Date(FIRST_SAMPLE + second * SECONDS).toISOString(),
      sampledValue: [
        sample('Power.Active.Import', power),
        sample('Current.Import', power / 690),
        sample('Voltage', 229 + (second % 5) / 2),
        sample('SoC', Math.round((second / 600) % 100)),
        sample('Energy.Active.Import.Register', 1_000_000 + second * 3),
      ],
    };
  });
  const timestamp = new Date(FIRST_SAMPLE + message * VALUES * SECONDS).toISOString();
  const transactionInfo = { transactionId: 'tx-1', chargingState: 'Charging' };
  const evse = { id: 1, connectorId: 1 };
  const eventType = message === 0 ? 'Started' : 'Updated';
  const event = { eventType, timestamp, triggerReason: 'MeterValuePeriodic', seqNo: message, transactionInfo, evse };
  return JSON.stringify([2, String(message), 'TransactionEvent', { ...event, meterValue }]);
}
