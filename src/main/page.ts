/** Scheme and origin under which the window loads the workbench: no file of the machine has it. */
export const PAGE_SCHEME = 'app';
export const PAGE_ORIGIN = `${PAGE_SCHEME}://plugscope`;

/** Channel on which the main process hands a port to the preload script. */
export const PORT_CHANNEL = 'plugscope:port';

/** Channels on which the page asks for the system's dialogs. */
export const OPEN_FILES_CHANNEL = 'plugscope:open-files';
export const SAVE_FILE_CHANNEL = 'plugscope:save-file';

/** Whether a URL is a place in the workbench. */
export function isOwnPage(url: string): boolean {
  const parsed = URL.parse(url);
  // A scheme that is not the web's has no origin for the URL parser of Node.
  return parsed !== null && `${parsed.protocol}//${parsed.host}` === PAGE_ORIGIN;
}
