import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectionUrl, withoutPassword } from './connection-url.ts';

describe('connectionUrl', () => {
  it.each([
    ['ws://host', 'CS-1', 'ws://host/CS-1'],
    ['ws://host:9220/', 'CS-1', 'ws://host:9220/CS-1'],
    ['wss://host/ocpp/j/', 'RDAM|123', 'wss://host/ocpp/j/RDAM%7C123'],
    ['ws://host/ocpp?key=1/2', 'a/b', 'ws://host/ocpp/a%2Fb?key=1/2'],
    ['ws://host?key=1', 'CS', 'ws://host/CS?key=1'],
  ])('%s and %s make %s', (base, id, url) => expect(connectionUrl(base, id)).toBe(url));
});

describe('a URL that is shown', () => {
  it.each([
    ['wss://CS-1:p%40ss@csms.example/a:b@c', 'wss://CS-1:***@csms.example/a:b@c'],
    ['ws://CS-1:p@ss:w@csms.example:99999/', 'ws://CS-1:***@csms.example:99999/'],
    ['http://:x@csms.example', 'http://:***@csms.example'],
    ['ws://CS-1@csms.example/CS-1', 'ws://CS-1@csms.example/CS-1'],
    ['ws://csms.example:9000/a@b', 'ws://csms.example:9000/a@b'],
    ['nonsense', 'nonsense'],
    ['wss:CS-1:secret@csms.example', 'wss:CS-1:***@csms.example'],
    ['wss:/CS-1:secret@csms.example/', 'wss:/CS-1:***@csms.example/'],
    ['wss:\\\\CS-1:secret@csms.example\\a', 'wss:\\\\CS-1:***@csms.example\\a'],
    ['CS-1:secret@csms.example', 'CS-1:***@csms.example'],
    ['htp:/CS-1:secret@csms.example/x', 'htp:/CS-1:***@csms.example/x'],
    ['ws://CS-1:sec/ret?#@csms.example/x', 'ws://CS-1:***@csms.example/x'],
    [' ws//CS-1:sec ret@csms.example', ' ws//CS-1:***@csms.example'],
  ])('has no password: %s', (url, expected) => {
    expect(withoutPassword(url)).toBe(expected);
  });

  it('has no password and the same host, whatever a URL that can be connected to looks like', () => {
    const parts = fc.stringMatching(/^[a-z0-9:@%!$ \\t-]{0,12}$/);
    const slashes = fc.constantFrom('//', '/', '', '\\\\', '/\\', '///');
    fc.assert(
      fc.property(fc.constantFrom('ws', 'wss'), slashes, parts, parts, (scheme, slash, user, path) => {
        const url = `${scheme}:${slash}${user}@csms.example/${path}`;
        const parsed = URL.parse(url);
        if (!parsed) return;
        const shown = URL.parse(withoutPassword(url));
        expect(['', '***']).toContain(shown?.password);
        expect(shown?.host).toBe(parsed.host);
      }),
    );
  });
});
