import { contextBridge, ipcRenderer } from 'electron';
import { OPEN_FILES_CHANNEL, PAGE_ORIGIN, PORT_CHANNEL, SAVE_FILE_CHANNEL } from './page.ts';

// All that the page gets: the system's dialogs for files, which yield paths, not what is in them …
contextBridge.exposeInMainWorld('plugscopeFiles', {
  open: (many: boolean) => ipcRenderer.invoke(OPEN_FILES_CHANNEL, many),
  save: (name: string) => ipcRenderer.invoke(SAVE_FILE_CHANNEL, name),
});

// … and a port to the engine, as a message from its own window.
ipcRenderer.on(PORT_CHANNEL, (event) => {
  window.postMessage({ plugscope: 'port' }, PAGE_ORIGIN, [...event.ports]);
});
