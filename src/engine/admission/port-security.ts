import type { ListenerSecurity } from '../../bridge/security.ts';
import { StationPasswords } from './station-passwords.ts';

/**
 * What a port asks of stations: what was configured, with the passwords that stations have accepted over OCPP since. Such
 * a one is asked for from then on, and what the station used before is not accepted any more (A01.FR.03), also where
 * any password was.
 */
export class PortSecurity {
  readonly configured: ListenerSecurity;
  readonly #changed = new StationPasswords();

  constructor(configured: ListenerSecurity) {
    this.configured = configured;
  }

  /** Whether stations say a password, so that it matters which one they have. */
  get asksForPassword(): boolean {
    const { profile } = this.configured;
    return profile === 1 || profile === 2;
  }

  /** What is asked of one station. */
  of(station: string): ListenerSecurity {
    const password = this.#changed.get(station);
    return password === undefined ? this.configured : { ...this.configured, passwords: { [station]: password } };
  }

  /** What is asked of all. */
  get now(): ListenerSecurity {
    if (this.#changed.isEmpty) return this.configured;
    return { ...this.configured, passwords: { ...this.configured.passwords, ...this.#changed.all() } };
  }

  /** A station has accepted this as its password. */
  accepted(station: string, password: string): void {
    if (this.asksForPassword) this.#changed.set(station, password);
  }
}
