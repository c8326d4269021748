import type { Outcome } from '../../session/outcome.ts';

/** The key ring of the user's session: what it has sealed, it alone can open. */
export interface Vault {
  seal(secret: string): Promise<Outcome<Uint8Array>>;
  open(sealed: Uint8Array): Promise<Outcome<string>>;
}
