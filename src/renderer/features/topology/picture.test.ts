import { describe, expect, it } from 'vitest';
import type { BenchSetup, BenchState, Leg } from '../../../bridge/contract.ts';
import { benchInWords, pictureOf } from './picture.ts';

const starter: BenchSetup = { role: 'proxy', port: 9220, upstream: null, station: { id: 'CS-1', version: '2.1' } };

const leg = (more: Partial<Leg>): Leg => ({
  link: 1,
  conversation: 1,
  peer: 'station',
  station: 'CS-1',
  version: '2.1',
  secure: false,
  state: 'open',
  ...more,
});

const bench = (setup: BenchSetup, legs: Leg[], stationsOpen = 1): BenchState => ({
  setup,
  stationUrls: [],
  port: 9220,
  notices: [],
  legs,
  linksOpen: legs.length,
  stationsOpen,
  messagesPerSecond: 0,
});

describe('the picture of the bench', () => {
  it('shows both legs of a proxy, each with what was agreed', () => {
    const picture = pictureOf(bench(starter, [leg({ secure: true }), leg({ peer: 'csms', version: '2.0.1' })]));
    expect(picture).toMatchObject({
      station: 'CS-1',
      stationSide: { state: 'open', label: '2.1 · TLS' },
      csmsSide: { state: 'open', label: '2.0.1 · no TLS' },
      csms: 'Built-in CSMS',
    });
  });

  it('names the security profile that all links of a side have, where they have one', () => {
    const side = (...profiles: (0 | 1 | 2 | 3 | undefined)[]) =>
      pictureOf(
        bench(
          starter,
          profiles.map((profile) => leg({ secure: true, profile })),
        ),
      ).stationSide;
    expect(side(3, 3)).toMatchObject({ label: '2.1 · TLS · profile 3', brief: '2.1 · profile 3' });
    expect(side(3, 2)).toMatchObject({ label: '2.1 · TLS', brief: '2.1 · TLS' });
    expect(side(0, undefined)).toMatchObject({ label: '2.1 · TLS', brief: '2.1 · TLS' });
  });

  it('counts stations, also those that are not listed', () => {
    expect(pictureOf(bench(starter, [leg({}), leg({ station: 'CS-2', version: '1.6' })], 10_000))).toMatchObject({
      station: '10,000 stations',
      stationSide: { label: '1.6, 2.1 · no TLS' },
    });
  });

  it('says where nothing is connected', () => {
    expect(pictureOf(bench({ ...starter, upstream: 'wss://csms.example:8443/ocpp' }, [], 0))).toMatchObject({
      station: 'No station yet',
      stationSide: { state: 'none', label: 'not connected' },
      csms: 'csms.example:8443',
    });
    expect(pictureOf(bench(starter, [leg({ state: 'connecting', version: null })])).stationSide).toMatchObject({
      state: 'connecting',
    });
  });

  it('leaves out the end that Plugscope plays itself', () => {
    const csms: BenchSetup = { role: 'csms', port: 0, station: null };
    expect(pictureOf(bench(csms, []))).toMatchObject({ csms: null, csmsSide: null, plugscope: 'Plugscope as CSMS' });
    const station: BenchSetup = { role: 'station', url: 'ws://c/ocpp', station: { id: 'X', version: '1.6' } };
    expect(pictureOf(bench(station, []))).toMatchObject({ station: null, stationSide: null, csms: 'c' });
  });
});

describe('the bench in words', () => {
  it('names role, ends and the built-in station', () => {
    expect(benchInWords(starter)).toBe(
      'Plugscope passes stations on to the built-in CSMS. The built-in station CS-1 (OCPP 2.1) is connected.',
    );
    expect(benchInWords({ role: 'csms', port: 0, station: null })).toBe('Plugscope is the CSMS.');
    expect(benchInWords({ role: 'station', url: 'ws://c', station: { id: 'X', version: '1.6' } })).toBe(
      'Plugscope is the station X (OCPP 1.6) of the CSMS at ws://c.',
    );
  });
});
