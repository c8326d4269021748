import type { Direction } from '../../ocpp/direction.ts';
import { PasswordWatch } from '../admission/password-watch.ts';

/** Who is told of a password that counts from now on; nobody where it is left out. */
export interface PasswordListeners {
  /** The station has got it and accepted it. */
  readonly station?: ((password: string) => void) | undefined;
  /** The CSMS has set it, and got the answer that it is accepted. */
  readonly csms?: ((password: string) => void) | undefined;
}

/**
 * Follows a conversation for what the CSMS sets as the password of the station, so that the proxy does not turn away a
 * station that is right. The two sides are followed apart, each by what it sent and got itself: what passes between them
 * may be changed, dropped or put in.
 */
export class LegPasswords {
  readonly #station: PasswordWatch | undefined;
  readonly #csms: PasswordWatch | undefined;

  constructor({ station, csms }: PasswordListeners) {
    this.#station = station && new PasswordWatch(station);
    this.#csms = csms && new PasswordWatch(csms);
  }

  /** A text frame came from the side that sends in this direction. */
  received(direction: Direction, data: Uint8Array): void {
    if (direction === 'to-csms') this.#station?.answered(data);
    else this.#csms?.asked(data);
  }

  /** A text frame went out in this direction. */
  sent(direction: Direction, data: Uint8Array): void {
    if (direction === 'to-csms') this.#csms?.answered(data);
    else this.#station?.asked(data);
  }
}
