import { describe, expect, it } from 'vitest';
import { connectionUrl } from './connection-url.ts';

describe('connectionUrl', () => {
  it.each([
    ['ws://host', 'CS-1', 'ws://host/CS-1'],
    ['ws://host:9220/', 'CS-1', 'ws://host:9220/CS-1'],
    ['wss://host/ocpp/j/', 'RDAM|123', 'wss://host/ocpp/j/RDAM%7C123'],
    ['ws://host/ocpp?key=1/2', 'a/b', 'ws://host/ocpp/a%2Fb?key=1/2'],
    ['ws://host?key=1', 'CS', 'ws://host/CS?key=1'],
  ])('%s and %s make %s', (base, id, url) => expect(connectionUrl(base, id)).toBe(url));
});
