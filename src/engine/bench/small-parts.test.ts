import { describe, expect, it } from 'vitest';
import { createRateMeter } from './rate-meter.ts';
import { sessionFolder, sessionName } from './session-folder.ts';
import { silentRecorder } from './silent-recorder.ts';
import { lanAddresses, stationUrls } from './station-urls.ts';

describe('the rate', () => {
  it('is that of the last four seconds', () => {
    const meter = createRateMeter();
    expect(meter.sample(0, 0)).toBe(0);
    expect(meter.sample(100, 1000)).toBe(100);
    expect(meter.sample(100, 2000)).toBe(50);
    expect([3000, 4000, 5000].map((mono) => meter.sample(100, mono))).toEqual([33, 25, 0]);
  });

  it('is no number of a clock that stands still', () => {
    const meter = createRateMeter();
    meter.sample(0, 5);
    expect(meter.sample(10, 5)).toBe(0);
  });
});

describe('the folder for sessions', () => {
  it.each([
    ['linux', {}, '/home/u/.local/share/plugscope/sessions'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/plugscope/sessions'],
    ['linux', { XDG_DATA_HOME: '' }, '/home/u/.local/share/plugscope/sessions'],
    ['darwin', {}, '/home/u/Library/Application Support/Plugscope/sessions'],
    ['win32', { LOCALAPPDATA: '/local' }, '/local/Plugscope/sessions'],
    ['win32', {}, '/home/u/AppData/Local/Plugscope/sessions'],
  ] as const)('under %s with %j is %s', (platform, env, folder) => {
    expect(sessionFolder({ platform, env, home: '/home/u' }).replaceAll('\\', '/')).toBe(folder);
  });

  it('holds sessions named by their start, in names that every file system takes', () => {
    expect(sessionName(new Date(2026, 10, 20, 9, 5, 3).getTime())).toBe('2026-11-20 09.05.03');
  });
});

describe('URLs for stations', () => {
  it('name the addresses in networks first', () => {
    expect(stationUrls(['192.168.1.20'], 9220)).toEqual(['ws://192.168.1.20:9220/', 'ws://localhost:9220/']);
    expect(stationUrls(['192.168.1.20'], 9220, true)).toEqual(['wss://192.168.1.20:9220/', 'wss://localhost:9220/']);
  });

  it('are made of addresses that are not this machine alone', () => {
    for (const address of lanAddresses()) expect(address).not.toMatch(/^(127|169\.254)\./);
  });
});

describe('the silent recorder', () => {
  it('releases in order, never within the call', async () => {
    const recorder = silentRecorder();
    const released: number[] = [];
    const link = recorder.openLink({
      peer: 'csms',
      opener: 'plugscope',
      station: 'a',
      url: '',
      requestHeaders: [],
      offered: [],
    });
    recorder.frame(link, 'to-csms', 'sent', new Uint8Array(), false, () => released.push(1));
    recorder.control(link, 'to-csms', 'ping', new Uint8Array(), () => released.push(2));
    recorder.closeLink(link, { code: 1000, reason: '', by: 'plugscope' }, () => released.push(3));
    expect(released).toEqual([]);
    await Promise.resolve();
    expect(released).toEqual([1, 2, 3]);
  });
});
