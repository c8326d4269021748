import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectApi } from '../bridge/client.ts';
import { eventsTo } from '../bridge/events.ts';
import { serve } from '../bridge/server.ts';
import { sampleBench, sampleHandlers } from '../bridge/testing/sample-handlers.ts';
import { eventually } from '../engine/testing/eventually.ts';
import { answerOfKeyRing } from './key-ring.ts';
import { createKeyRingClient } from './key-ring-vault.ts';
import { PORT_CHANNEL } from './page.ts';
import { portMainChannel } from './port-channel.ts';
import { fakeElectron } from './testing/fake-electron.ts';

const pages = mkdtempSync(join(tmpdir(), 'plugscope-page-'));
mkdirSync(join(pages, 'assets'));
writeFileSync(join(pages, 'index.html'), '<title>workbench</title>');

vi.mock('../bridge/page/page-files.ts', async (original) => {
  const { listPageFiles } = await original<typeof import('../bridge/page/page-files.ts')>();
  return { listPageFiles: () => listPageFiles(pages) };
});

afterAll(() => {
  rmSync(pages, { recursive: true });
});

let electron: ReturnType<typeof fakeElectron>;

/** Starts the main process of the application over a fresh stand-in for Electron. */
async function start(argv: readonly string[] = []): Promise<void> {
  electron = fakeElectron();
  vi.doMock('electron', () => electron);
  vi.spyOn(process, 'argv', 'get').mockReturnValue(['electron', ...argv]);
  vi.resetModules();
  await import('./index.ts');
  await eventually(() => expect(electron.windows.length + Number(electron.app.quit.mock.calls.length)).toBe(1));
}

const window = () => electron.windows[0] ?? expect.fail('there is no window');
const engine = () => electron.children[0]?.child ?? expect.fail('there is no engine');

beforeEach(() => start());
afterEach(() => vi.restoreAllMocks());

describe('the window', () => {
  it('is as far from the machine as a page on the web', () => {
    expect(window().options.webPreferences).toEqual({
      preload: expect.stringMatching(/preload\.cjs$/),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
    });
    expect(electron.app.enableSandbox).toHaveBeenCalledOnce();
    expect(window().webContents.url).toBe('app://plugscope/');
  });

  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview'])('denies %s', (name) => {
    const event = { preventDefault: vi.fn(), url: 'https://evil.example' };
    window().webContents.emit(name, event);
    expect(event.preventDefault).toHaveBeenCalledOnce();
  });

  it('opens no other window', () => {
    expect(window().webContents.openHandler?.({ url: 'https://evil.example' })).toEqual({ action: 'deny' });
  });

  it('is granted nothing but to write the clipboard', () => {
    const { setPermissionRequestHandler, setPermissionCheckHandler, setDevicePermissionHandler } =
      electron.session.defaultSession;
    const [request] = setPermissionRequestHandler.mock.calls[0] ?? [];
    const [check] = setPermissionCheckHandler.mock.calls[0] ?? [];
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'usb']) {
      const answer = vi.fn();
      request(null, permission, answer);
      expect(answer).toHaveBeenCalledWith(false);
      expect(check(null, permission)).toBe(false);
    }
    expect(check(null, 'clipboard-sanitized-write')).toBe(true);
    expect(setDevicePermissionHandler.mock.calls[0]?.[0]({})).toBe(false);
  });
});

describe('the page', () => {
  type Handler = (request: { url: string; method: string }) => Promise<Response>;
  const get = (url: string, method = 'GET'): Promise<Response> => {
    const [scheme, handler] = electron.protocol.handle.mock.calls[0] as [string, Handler];
    expect(scheme).toBe('app');
    return handler({ url, method });
  };

  it('comes from a scheme with an origin of its own, registered before the app is ready', () => {
    expect(electron.protocol.registerSchemesAsPrivileged).toHaveBeenCalledWith([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ]);
  });

  it('is served under a strict policy', async () => {
    const response = await get('app://plugscope/');
    expect(await response.text()).toBe('<title>workbench</title>');
    expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'; script-src 'self';");
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
  });

  it.each([
    'app://plugscope/../outside.html',
    'app://plugscope/%2e%2e/outside.html',
    'app://plugscope/..%2foutside.html',
    'app://other/index.html',
    'app://plugscope.evil/index.html',
  ])('is all there is: %s leads nowhere', async (url) => {
    expect((await get(url)).status).toBe(404);
  });

  it('can only be read', async () => {
    expect((await get('app://plugscope/', 'POST')).status).toBe(404);
  });
});

describe('the channel', () => {
  it('goes from the page to the engine, and carries the contract', async () => {
    window().webContents.emit('did-finish-load');
    const [name, message, [port]] = window().webContents.postMessage.mock.calls[0] ?? [];
    expect([name, message]).toEqual([PORT_CHANNEL, null]);
    expect(engine().postMessage).toHaveBeenCalledWith({ kind: 'client' }, [expect.anything()]);
    const [, [enginePort]] = engine().postMessage.mock.calls[0] ?? [];

    serve(portMainChannel(enginePort), sampleHandlers(), () => () => {});
    const events = eventsTo(() => {});
    const api = connectApi(portMainChannel(port), events);
    await expect(api['bench.get']()).resolves.toEqual(sampleBench);
    await expect(api['entry.get']('1' as never)).rejects.toMatchObject({ code: 'invalid-arguments' });
  });

  it('is a new one for each load, and for no other page', () => {
    const contents = window().webContents;
    contents.emit('did-finish-load');
    contents.emit('did-finish-load');
    expect(engine().postMessage).toHaveBeenCalledTimes(2);
    contents.url = 'https://evil.example/';
    contents.emit('did-finish-load');
    expect(engine().postMessage).toHaveBeenCalledTimes(2);
    expect(contents.postMessage).toHaveBeenCalledTimes(2);
  });

  it('comes out of the preload script as a message of the window, and as nothing else', async () => {
    const postMessage = vi.fn();
    const page = { postMessage };
    vi.stubGlobal('window', page);
    await import('./preload.ts');
    expect(electron.ipcRenderer.eventNames()).toEqual([PORT_CHANNEL]);
    const port = {};
    electron.ipcRenderer.emit(PORT_CHANNEL, { ports: [port] });
    expect(postMessage.mock.calls).toEqual([[{ plugscope: 'port' }, 'app://plugscope', [port]]]);
    expect(Object.keys(page)).toEqual(['postMessage']);
    expect(electron.contextBridge.exposeInMainWorld.mock.calls).toEqual([
      ['plugscopeFiles', { open: expect.any(Function), save: expect.any(Function) }],
    ]);
    vi.unstubAllGlobals();
  });
});

describe('dialogs for files', () => {
  const handler = (channel: string) => electron.ipcMain.handle.mock.calls.find(([name]) => name === channel)?.[1];
  const own = () => ({ sender: window().webContents, senderFrame: { url: 'app://plugscope/' } });

  it('yield paths to the workbench', async () => {
    expect(await handler('plugscope:open-files')(own(), false)).toEqual(['/a.plugscope']);
    expect(await handler('plugscope:save-file')(own(), 'bench.html')).toBe('/b.html');
    expect(electron.dialog.showSaveDialog).toHaveBeenCalledWith(expect.anything(), { defaultPath: 'bench.html' });
  });

  it('are not for other pages', async () => {
    const foreign = { sender: window().webContents, senderFrame: { url: 'https://evil.example/' } };
    await expect(handler('plugscope:open-files')(foreign, false)).rejects.toThrow('Only the workbench');
    await expect(handler('plugscope:save-file')({ ...own(), sender: {} }, 'a')).rejects.toThrow('Only the workbench');
    expect(electron.dialog.showOpenDialog).not.toHaveBeenCalled();
  });
});

describe('the engine', () => {
  it('runs in a process of its own', () => {
    expect(electron.children.map(({ script }) => script)).toEqual([expect.stringMatching(/engine-process\.js$/)]);
  });

  it('is ended in good order before the application', async () => {
    const event = { preventDefault: vi.fn() };
    electron.app.emit('will-quit', event);
    expect(event.preventDefault).toHaveBeenCalledOnce();
    expect(engine().postMessage).toHaveBeenCalledWith({ kind: 'close' }, []);
    expect(electron.app.exit).not.toHaveBeenCalled();
    engine().emit('exit', 0);
    await eventually(() => expect(electron.app.exit).toHaveBeenCalledOnce());
    expect(electron.dialog.showErrorBox).not.toHaveBeenCalled();
  });

  it('is missed when it ends unasked', async () => {
    engine().emit('exit', 7);
    await eventually(() => expect(electron.app.exit).toHaveBeenCalledWith(1));
    expect(electron.dialog.showErrorBox).toHaveBeenCalledWith(expect.any(String), expect.stringContaining('code 7'));
  });

  it('can say something to the user', () => {
    engine().emit('message', { kind: 'failed', title: 'No', sentence: 'This file is not a session.' });
    expect(electron.dialog.showErrorBox).toHaveBeenCalledWith('No', 'This file is not a session.');
  });
});

describe('the key ring', () => {
  const answers = () => engine().postMessage.mock.calls.map(([message]) => message);

  it('seals and opens keys for the engine, which cannot reach it itself', async () => {
    const { vault, answered } = createKeyRingClient((id, question) => {
      engine().emit('message', { kind: 'key-ring', id, question });
    });
    engine().postMessage.mockImplementation(
      (message) => message.kind === 'key-ring' && answered(message.id, message.answer),
    );
    const ring = (await vault()) ?? expect.fail('there is no key ring');
    const sealed = await ring.seal('a key');
    expect(sealed).toEqual({ ok: true, value: Buffer.from('sealed a key') });
    expect(await ring.open(Buffer.from('sealed a key'))).toEqual({ ok: true, value: 'a key' });
    electron.safeStorage.decryptStringAsync.mockRejectedValueOnce(new Error('no such key'));
    const sentence = 'The key ring of this session failed: no such key.';
    expect(await ring.open(Buffer.from('x'))).toEqual({ ok: false, error: { code: 'key-ring-failed', sentence } });
    expect(electron.dialog.showErrorBox).not.toHaveBeenCalled();
  });

  it.each([
    ['the session has none', () => electron.safeStorage.isAsyncEncryptionAvailable.mockResolvedValue(false)],
    ['it fails', () => electron.safeStorage.isAsyncEncryptionAvailable.mockRejectedValue(new Error('locked'))],
  ])('is none where %s', async (_, given) => {
    given();
    engine().emit('message', { kind: 'key-ring', id: 7, question: { ask: 'available' } });
    await eventually(() => expect(answers()).toMatchObject([{ kind: 'key-ring', id: 7 }]));
    const [{ answer }] = answers();
    expect(answer.ok && answer.value !== '').toBe(false);
  });

  it('is none on Linux where it would be a password that everybody knows', async () => {
    const storage = { ...electron.safeStorage, getSelectedStorageBackend: () => 'basic_text' };
    expect(await answerOfKeyRing(storage, { ask: 'available' }, 'linux')).toEqual({ ok: true, value: '' });
    expect(await answerOfKeyRing(storage, { ask: 'available' }, 'darwin')).toEqual({ ok: true, value: 'yes' });
  });
});

describe('a session file', () => {
  const opened = () => engine().postMessage.mock.calls.map(([message]) => message);

  it('is opened from the menu', async () => {
    const [menu] = electron.Menu.setApplicationMenu.mock.calls[0] ?? [];
    type Entry = { label?: string; submenu?: Entry[]; click?: () => void };
    const entries = (menu as Entry[]).flatMap(({ submenu }) => submenu ?? []);
    entries.find(({ label }) => label === 'Open Session…')?.click?.();
    await eventually(() => expect(opened()).toEqual([{ kind: 'open', path: '/a.plugscope' }]));
  });

  it('is opened where the system asks for it, and where a second start names it', () => {
    const event = { preventDefault: vi.fn() };
    electron.app.emit('open-file', event, '/b.plugscope');
    expect(event.preventDefault).toHaveBeenCalledOnce();
    electron.app.emit('second-instance', {}, ['plugscope', 'c.plugscope'], '/folder');
    expect(opened()).toEqual([
      { kind: 'open', path: '/b.plugscope' },
      { kind: 'open', path: '/folder/c.plugscope' },
    ]);
    expect(window().focus).toHaveBeenCalledTimes(2);
  });

  it('is opened from the command line', async () => {
    await start(['.', '/d.plugscope']);
    expect(opened()).toEqual([{ kind: 'open', path: '/d.plugscope' }]);
  });
});

it('leaves the work to the one that runs already', async () => {
  const electronBefore = fakeElectron();
  electronBefore.app.requestSingleInstanceLock.mockReturnValue(false);
  vi.doMock('electron', () => electronBefore);
  vi.resetModules();
  await import('./index.ts');
  expect(electronBefore.app.quit).toHaveBeenCalledOnce();
  expect(electronBefore.windows).toEqual([]);
  expect(electronBefore.children).toEqual([]);
});
