import { ipcRenderer } from 'electron';
import { PAGE_ORIGIN, PORT_CHANNEL } from './page.ts';

// All that the page gets: a port to the engine, as a message from its own window.
ipcRenderer.on(PORT_CHANNEL, (event) => {
  window.postMessage({ plugscope: 'port' }, PAGE_ORIGIN, [...event.ports]);
});
