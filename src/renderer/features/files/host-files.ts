import type { FileSource, FileTarget } from '../../../bridge/methods/files.ts';

/** What the desktop's window offers beside the engine: the system's dialogs. */
interface DesktopFiles {
  /** Paths that the user chose to open; none where it was given up. */
  open(many: boolean): Promise<readonly string[]>;
  /** Path that the user chose to save at. */
  save(name: string): Promise<string | null>;
}

/** A file that was chosen, and the name to show for it. */
export interface PickedFile {
  readonly source: FileSource;
  readonly name: string;
}

/** How files are chosen where this page is shown. */
export type HostFiles =
  | { readonly kind: 'desktop'; readonly dialogs: DesktopFiles }
  /** Files are sent to the engine's computer, and fetched from there. */
  | { readonly kind: 'browser' };

/** What this page can do with files. */
export function hostFiles(page: Window): HostFiles {
  const { plugscopeFiles } = page as Window & { readonly plugscopeFiles?: DesktopFiles };
  return plugscopeFiles ? { kind: 'desktop', dialogs: plugscopeFiles } : { kind: 'browser' };
}

/** Sends a file to the engine; rejects with a sentence. `onProgress` is told the share that is sent. */
export function uploadFile(file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<PickedFile> {
  return new Promise((resolve, reject) => {
    // `fetch` tells nothing about how far an upload is.
    const request = new XMLHttpRequest();
    request.open('POST', `/transfer?name=${encodeURIComponent(file.name)}`);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total);
    request.onerror = () => reject(new Error('The file could not be sent to Plugscope.'));
    request.onabort = () => reject(new Error('The upload was cancelled.'));
    request.onload = () => {
      const ticket = request.status === 200 ? ticketIn(request.responseText) : undefined;
      if (ticket === undefined) reject(new Error(request.responseText.slice(0, 200) || 'The file was not taken.'));
      else resolve({ source: { kind: 'upload', ticket }, name: file.name });
    };
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

/** Has the browser fetch a file that the engine has ready. */
export function startDownload(page: Document, ticket: string): void {
  const link = page.createElement('a');
  link.href = `/transfer/${encodeURIComponent(ticket)}`;
  link.download = '';
  link.click();
}

/** Name of a target, for the field. */
export function nameOfTarget(target: FileTarget): string {
  return target.kind === 'path' ? target.path : target.name;
}

function ticketIn(text: string): string | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    const ticket = (answer as { readonly ticket?: unknown } | null)?.ticket;
    return typeof ticket === 'string' ? ticket : undefined;
  } catch {
    return undefined;
  }
}
