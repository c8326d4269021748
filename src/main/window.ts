import { BrowserWindow, type BrowserWindowConstructorOptions, type MessagePortMain, type Session } from 'electron';
import { isOwnPage, PAGE_ORIGIN, PORT_CHANNEL } from './page.ts';

/** Options of the window: its page is as far from the machine as a page on the web. */
export function windowOptions(preload: string): BrowserWindowConstructorOptions {
  return {
    width: 1440,
    height: 900,
    minWidth: 800,
    minHeight: 500,
    title: 'Plugscope',
    show: false,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
    },
  };
}

/**
 * Opens the window. Its page can go nowhere else and open nothing. Each time the workbench has loaded in it, it gets
 * a port of its own to the engine.
 */
export function openWindow(preload: string, connect: () => MessagePortMain): BrowserWindow {
  const window = new BrowserWindow(windowOptions(preload));
  const { webContents } = window;
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  webContents.on('will-navigate', (event) => event.preventDefault());
  webContents.on('will-redirect', (event) => event.preventDefault());
  webContents.on('will-frame-navigate', (event) => event.preventDefault());
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  webContents.on('did-finish-load', () => {
    if (isOwnPage(webContents.getURL())) webContents.postMessage(PORT_CHANNEL, null, [connect()]);
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${PAGE_ORIGIN}/`);
  return window;
}

/** Denies what pages may ask for: camera, notifications, USB and the like. The clipboard may be written. */
export function denyPermissions(session: Session): void {
  const granted = (permission: string): boolean => permission === 'clipboard-sanitized-write';
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(granted(permission)));
  session.setPermissionCheckHandler((_contents, permission) => granted(permission));
  session.setDevicePermissionHandler(() => false);
}
