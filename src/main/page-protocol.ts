import type { Protocol } from 'electron';
import { listPageFiles } from '../bridge/page/page-files.ts';
import { PAGE_HEADERS } from '../bridge/page/page-headers.ts';
import { isOwnPage, PAGE_SCHEME } from './page.ts';

/** Makes the scheme of the workbench one with an origin, as the web's are. To be called before the app is ready. */
export function registerPageScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the built workbench, and nothing else, under its scheme. */
export function servePage(protocol: Pick<Protocol, 'handle'>, folder: string): void {
  const files = listPageFiles(folder);
  protocol.handle(PAGE_SCHEME, async ({ url, method }) => {
    const file = method === 'GET' && isOwnPage(url) ? files.get(new URL(url).pathname) : undefined;
    if (!file) return new Response(null, { status: 404, headers: PAGE_HEADERS });
    const content = new Uint8Array(await file.read());
    return new Response(content, { headers: { ...PAGE_HEADERS, 'Content-Type': file.contentType } });
  });
}
