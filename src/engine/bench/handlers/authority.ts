import type { Handlers } from '../../../bridge/contract.ts';
import type { AUTHORITY_METHODS } from '../../../bridge/methods/authority.ts';
import type { AuthorityDesk } from '../../authority/authority-desk.ts';

/** The bench certificate authority, as faces ask for it. */
export function authorityHandlers({
  authority,
}: {
  readonly authority: AuthorityDesk;
}): Pick<Handlers, keyof typeof AUTHORITY_METHODS> {
  return {
    'authority.get': () => authority.state(),
    'authority.issue': (request) => authority.issue(request),
    'authority.renew': (name, key) => authority.renew(name, key),
    'authority.sign': (csr, role) => authority.signRequest(csr, role),
    'authority.revoke': (id) => authority.revoke(id),
    'authority.remove': (id) => authority.remove(id),
    'authority.trust': (id, trusted) => authority.trust(id, trusted),
    'authority.import': (base64, name, password) => authority.import(base64, name, password),
    'authority.export': (id, form, password) => authority.export(id, form, password),
  };
}
