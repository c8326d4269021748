import { describe, expect, it } from 'vitest';
import { browserCommand } from './open-browser.ts';
import { parseServeOptions } from './options.ts';

describe('the command line', () => {
  it('needs nothing', () => {
    expect(parseServeOptions([])).toMatchObject({
      ok: true,
      value: { port: 9221, stationPort: 9220, host: undefined, allowedHosts: [], openBrowser: true },
    });
  });

  it('says where to listen, what to show and whether to open the browser', () => {
    const args = [
      '--port',
      '0',
      '--host',
      '0.0.0.0',
      '--allow-host',
      'a',
      '--allow-host',
      'b',
      '--open',
      'x',
      '--no-open',
    ];
    expect(parseServeOptions(args)).toMatchObject({
      ok: true,
      value: { port: 0, host: '0.0.0.0', allowedHosts: ['a', 'b'], open: 'x', openBrowser: false },
    });
  });

  it.each([['--port', '65536'], ['--port', '-1'], ['--port', 'x'], ['--station-port', '1e3'], ['--what'], ['file']])(
    'is refused with a sentence for %s %s',
    (...args) => {
      const outcome = parseServeOptions(args.filter((arg) => arg !== undefined));
      expect(outcome.ok).toBe(false);
      if (!outcome.ok) expect(outcome.error.sentence).not.toBe('');
    },
  );
});

describe('the browser', () => {
  const url = 'http://127.0.0.1:9221/?token=x';
  it.each([
    ['win32', {}, ['rundll32', 'url.dll,FileProtocolHandler', url]],
    ['darwin', {}, ['open', url]],
    ['linux', { DISPLAY: ':0' }, ['xdg-open', url]],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, ['xdg-open', url]],
    ['linux', {}, undefined],
    ['darwin', { CI: 'true' }, undefined],
    ['linux', { DISPLAY: ':10', SSH_CONNECTION: '1.2.3.4' }, undefined],
  ] as const)('under %s with %j is opened by %j', (platform, env, command) => {
    expect(browserCommand(url, { platform, env })).toEqual(command);
  });
});
