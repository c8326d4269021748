import { EventEmitter } from 'node:events';
import { vi } from 'vitest';

/** An end of a fake MessageChannelMain; what is posted on one end comes out at the other, once that is started. */
class FakePort extends EventEmitter {
  other: FakePort | undefined;
  #queue: unknown[] | undefined = [];

  postMessage(data: unknown): void {
    this.other?.receive(structuredClone(data));
  }

  receive(data: unknown): void {
    if (this.#queue) this.#queue.push(data);
    else queueMicrotask(() => this.emit('message', { data, ports: [] }));
  }

  start(): void {
    const queue = this.#queue ?? [];
    this.#queue = undefined;
    for (const data of queue) this.receive(data);
  }

  close(): void {
    for (const end of [this, this.other]) queueMicrotask(() => end?.emit('close'));
  }
}

class FakeMessageChannel {
  readonly port1 = new FakePort();
  readonly port2 = new FakePort();

  constructor() {
    this.port1.other = this.port2;
    this.port2.other = this.port1;
  }
}

class FakeWebContents extends EventEmitter {
  url = '';
  openHandler: ((details: { url: string }) => { action: string }) | undefined;
  readonly postMessage = vi.fn();
  getURL = (): string => this.url;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
}

class FakeWindow extends EventEmitter {
  readonly options: { webPreferences: Record<string, unknown> };
  readonly webContents = new FakeWebContents();
  readonly show = vi.fn();
  readonly focus = vi.fn();
  readonly restore = vi.fn();
  readonly isMinimized = vi.fn(() => true);

  constructor(options: { webPreferences: Record<string, unknown> }, created: FakeWindow[]) {
    super();
    this.options = options;
    created.push(this);
  }

  loadURL(url: string): Promise<void> {
    this.webContents.url = url;
    return Promise.resolve();
  }
}

class FakeChild extends EventEmitter {
  readonly postMessage = vi.fn();
  readonly kill = vi.fn();
}

/** Stands in for the `electron` module: it keeps what it is told, and tests fire its events. */
export function fakeElectron() {
  const windows: FakeWindow[] = [];
  const children: { script: string; child: FakeChild }[] = [];
  const app = Object.assign(new EventEmitter(), {
    enableSandbox: vi.fn(),
    requestSingleInstanceLock: vi.fn(() => true),
    whenReady: () => Promise.resolve(),
    quit: vi.fn(),
    exit: vi.fn(),
  });
  return {
    windows,
    children,
    app,
    BrowserWindow: class extends FakeWindow {
      constructor(options: { webPreferences: Record<string, unknown> }) {
        super(options, windows);
      }
    },
    MessageChannelMain: FakeMessageChannel,
    utilityProcess: {
      fork(script: string) {
        const child = new FakeChild();
        children.push({ script, child });
        return child;
      },
    },
    protocol: { registerSchemesAsPrivileged: vi.fn(), handle: vi.fn() },
    session: {
      defaultSession: {
        setPermissionRequestHandler: vi.fn(),
        setPermissionCheckHandler: vi.fn(),
        setDevicePermissionHandler: vi.fn(),
      },
    },
    safeStorage: {
      isAsyncEncryptionAvailable: vi.fn(() => Promise.resolve(true)),
      encryptStringAsync: vi.fn((text: string) => Promise.resolve(Buffer.from(`sealed ${text}`))),
      decryptStringAsync: vi.fn((sealed: Buffer) =>
        Promise.resolve({ result: sealed.toString().slice('sealed '.length) }),
      ),
      getSelectedStorageBackend: vi.fn(() => 'gnome_libsecret'),
    },
    dialog: {
      showErrorBox: vi.fn(),
      showOpenDialog: vi.fn(() => Promise.resolve({ filePaths: ['/a.plugscope'] })),
      showSaveDialog: vi.fn(() => Promise.resolve({ filePath: '/b.html' })),
    },
    Menu: { buildFromTemplate: vi.fn((template: unknown) => template), setApplicationMenu: vi.fn() },
    ipcRenderer: Object.assign(new EventEmitter(), { invoke: vi.fn() }),
    ipcMain: { handle: vi.fn() },
    contextBridge: { exposeInMainWorld: vi.fn() },
  };
}
