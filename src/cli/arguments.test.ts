import { expect, it } from 'vitest';
import { listenAddress, stationUrl, webSocketUrl } from './arguments.ts';

it('an address to listen at is a port, with a host before it or not', () => {
  expect(listenAddress('9220')).toEqual({ host: undefined, port: 9220 });
  expect(listenAddress('127.0.0.1:0')).toEqual({ host: '127.0.0.1', port: 0 });
  expect(listenAddress('[::1]:80')).toEqual({ host: '::1', port: 80 });
  for (const wrong of ['', 'localhost', '65536', ':', 'host:', '-1', '80 '])
    expect(() => listenAddress(wrong)).toThrow();
});

it('a URL for stations names a host that they can reach, or this machine', () => {
  expect(stationUrl({ port: 0 }, 9220)).toBe('ws://localhost:9220/');
  expect(stationUrl({ host: '0.0.0.0', port: 0 }, 9220)).toBe('ws://localhost:9220/');
  expect(stationUrl({ host: '::1', port: 0 }, 9220)).toBe('ws://[::1]:9220/');
});

it('a URL of a CSMS is a WebSocket URL', () => {
  expect(webSocketUrl('wss://csms.example/ocpp')).toBe('wss://csms.example/ocpp');
  for (const wrong of ['', 'csms', 'http://csms', 'ws//x']) expect(() => webSocketUrl(wrong)).toThrow();
});
