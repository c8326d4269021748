import { join } from 'node:path';
import { app, type BrowserWindow, dialog, ipcMain, Menu, protocol, safeStorage, session } from 'electron';
import { startEngineHost } from './engine-host.ts';
import { serveFileDialogs } from './file-dialogs.ts';
import { answerOfKeyRing } from './key-ring.ts';
import { applicationMenu } from './menu.ts';
import { registerPageScheme, servePage } from './page-protocol.ts';
import { SESSION_FILE_EXTENSION, sessionFileIn } from './session-files.ts';
import { denyPermissions, openWindow } from './window.ts';

registerPageScheme(protocol);
app.enableSandbox();
if (app.requestSingleInstanceLock()) run();
else app.quit();

/** Puts the application together. A file may be named by the system before the window is there. */
function run(): void {
  let wanted = sessionFileIn(process.argv.slice(1), process.cwd());
  let show = (path?: string): void => {
    wanted = path;
  };
  app.on('open-file', (event, path) => {
    event.preventDefault();
    show(path);
  });
  app.on('second-instance', (_event, argv, workingFolder) => {
    show(sessionFileIn(argv, workingFolder));
  });

  void app.whenReady().then(() => {
    servePage(protocol, join(import.meta.dirname, '../renderer'));
    denyPermissions(session.defaultSession);
    const engine = startEngineHost({
      script: join(import.meta.dirname, 'engine-process.js'),
      onFailure: (title, sentence) => dialog.showErrorBox(title, sentence),
      keyRing: (question) => answerOfKeyRing(safeStorage, question),
      onExit(code) {
        dialog.showErrorBox('The engine has stopped', `It ended with code ${code}. What was recorded is kept.`);
        app.exit(1);
      },
    });
    const window = openWindow(join(import.meta.dirname, '../preload/preload.cjs'), engine.connect);
    serveFileDialogs(ipcMain, window);
    Menu.setApplicationMenu(applicationMenu(() => void chooseFile(window, engine.open)));
    show = (path) => {
      if (path !== undefined) engine.open(path);
      if (window.isMinimized()) window.restore();
      window.focus();
    };
    // The engine keeps the wish until the window is a client.
    if (wanted !== undefined) engine.open(wanted);

    app.on('window-all-closed', () => app.quit());
    app.on('will-quit', (event) => {
      // Recording is ended in good order first.
      event.preventDefault();
      void engine.close().then(() => app.exit());
    });
  });
}

async function chooseFile(window: BrowserWindow, open: (path: string) => void): Promise<void> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    properties: ['openFile'],
    filters: [{ name: 'Plugscope sessions', extensions: [SESSION_FILE_EXTENSION] }],
  });
  const [path] = filePaths;
  if (path !== undefined) open(path);
}
