import { type BrowserWindow, dialog, type IpcMain, type IpcMainInvokeEvent } from 'electron';
import { isOwnPage, OPEN_FILES_CHANNEL, SAVE_FILE_CHANNEL } from './page.ts';

/** Extensions that the dialog offers first; every other file can be chosen as well. */
const READABLE = ['plugscope', 'ndjson', 'jsonl', 'har', 'pcap', 'pcapng', 'log', 'txt'];
const NAME_MAX = 4096;

/** Answers the workbench's page where it asks for the system's dialogs. Nobody else is answered. */
export function serveFileDialogs(ipc: IpcMain, window: BrowserWindow): void {
  const check = ({ sender, senderFrame }: IpcMainInvokeEvent): void => {
    const own = sender === window.webContents && senderFrame !== null && isOwnPage(senderFrame.url);
    if (!own) throw new Error('Only the workbench may ask for files.');
  };
  ipc.handle(OPEN_FILES_CHANNEL, async (event, many: unknown) => {
    check(event);
    const { filePaths } = await dialog.showOpenDialog(window, {
      properties: many === true ? ['openFile', 'multiSelections'] : ['openFile'],
      filters: [
        { name: 'Recordings', extensions: READABLE },
        { name: 'All files', extensions: ['*'] },
      ],
    });
    return filePaths;
  });
  ipc.handle(SAVE_FILE_CHANNEL, async (event, name: unknown) => {
    check(event);
    const defaultPath = typeof name === 'string' ? name.slice(0, NAME_MAX) : '';
    const { filePath } = await dialog.showSaveDialog(window, { defaultPath });
    return filePath === '' || filePath === undefined ? null : filePath;
  });
}
