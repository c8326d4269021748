/** Stations whose passwords are remembered. */
const STATIONS_MAX = 20_000;

/** Passwords that were set over OCPP, by the identity of the station; of too many, those set last. */
export class StationPasswords {
  readonly #passwords = new Map<string, string>();

  get isEmpty(): boolean {
    return this.#passwords.size === 0;
  }

  get(station: string): string | undefined {
    return this.#passwords.get(station);
  }

  /** The password of a station is this one from now on. */
  set(station: string, password: string): void {
    this.#passwords.delete(station);
    this.#passwords.set(station, password);
    const [oldest] = this.#passwords.keys();
    if (this.#passwords.size > STATIONS_MAX && oldest !== undefined) this.#passwords.delete(oldest);
  }

  /** Each station with its password. */
  all(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#passwords);
  }
}
