import { success } from '../../session/outcome.ts';
import type { AuthorityStore } from './authority-store.ts';
import { exportFile } from './files/export-file.ts';
import { readBundle } from './files/read-bundle.ts';
import { takeIn } from './files/take-in.ts';
import { revocationList } from './revocation.ts';
import { RevocationResponder, type RevocationResponderOptions } from './revocation-responder.ts';
import { readSigningRequest } from './signing-request.ts';
import { Workshop } from './workshop.ts';

/**
 * What of a desk needs the libraries of certificates. They take a tenth of a second to load, so that a desk imports this
 * module when it is first asked for something, which most runs never do.
 */
export function createWorks(
  store: AuthorityStore,
  { listen, now, port }: Pick<RevocationResponderOptions, 'listen' | 'now' | 'port'>,
) {
  const workshop = new Workshop(store, now);
  const authorities = async () => {
    const book = await store.read();
    return book.ok ? success(await workshop.authorities(book.value)) : book;
  };
  const responder = new RevocationResponder({ listen, authorities, now, port });
  return { workshop, responder, exportFile, readBundle, readSigningRequest, revocationList, takeIn };
}
export type Works = ReturnType<typeof createWorks>;
