import { Menu, type MenuItemConstructorOptions } from 'electron';

/** The menu of the application; `openFile` asks for a session file. */
export function applicationMenu(openFile: () => void): Menu {
  const mac: MenuItemConstructorOptions[] = process.platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  return Menu.buildFromTemplate([
    ...mac,
    {
      label: '&File',
      submenu: [
        { label: 'Open Session…', accelerator: 'CmdOrCtrl+O', click: openFile },
        { type: 'separator' },
        process.platform === 'darwin' ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        { role: 'toggleDevTools' },
      ],
    },
    { role: 'windowMenu' },
  ]);
}
