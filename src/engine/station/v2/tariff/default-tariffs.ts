import type { Tariff } from '../../../../ocpp/tariff/tariff.ts';

interface Installed {
  readonly tariff: Tariff;
  /** When it becomes valid, in milliseconds since 1970; when it came, where it does not say (I07.FR.19). */
  readonly from: number;
}

/** The default tariffs at the EVSEs, the one in use and those that will be (I07). They outlive reboots (I07.FR.13). */
export class DefaultTariffs {
  readonly #byEvse = new Map<number, readonly Installed[]>();

  /** Installs a tariff at an EVSE, where it takes the place of others once it is valid. */
  install(evseId: number, tariff: Tariff, now: number): void {
    const installed = { tariff, from: Math.max(now, tariff.validFrom ?? now) };
    this.#byEvse.set(evseId, [...(this.#byEvse.get(evseId) ?? []), installed]);
    this.#settle(evseId, now);
  }

  /** The tariff of an EVSE now. */
  at(evseId: number, now: number): Tariff | undefined {
    return this.#settle(evseId, now).find(({ from }) => from <= now)?.tariff;
  }

  /** Every tariff at an EVSE, those that are not valid yet too. */
  list(evseId: number, now: number): readonly Tariff[] {
    return this.#settle(evseId, now).map(({ tariff }) => tariff);
  }

  /** Removes from an EVSE the tariffs with one of these ids, or all; yields the ids of those that were there. */
  clear(evseId: number, tariffIds: readonly string[] | undefined, now: number): readonly string[] {
    const installed = this.#settle(evseId, now);
    const isNamed = ({ tariff }: Installed) => tariffIds?.includes(tariff.tariffId) ?? true;
    this.#byEvse.set(
      evseId,
      installed.filter((each) => !isNamed(each)),
    );
    return installed.filter(isNamed).map(({ tariff }) => tariff.tariffId);
  }

  /** Of the tariffs that are valid by now, one remains: the later, unless it says it is older (I07.FR.20 to FR.23). */
  #settle(evseId: number, now: number): readonly Installed[] {
    const installed = this.#byEvse.get(evseId) ?? [];
    let inUse: Installed | undefined;
    for (const each of installed.filter(({ from }) => from <= now).toSorted((a, b) => a.from - b.from)) {
      const [since, valid] = [inUse?.tariff.validFrom, each.tariff.validFrom];
      if (since === undefined || valid === undefined || since <= valid) inUse = each;
    }
    const kept = installed.filter((each) => each === inUse || each.from > now);
    this.#byEvse.set(evseId, kept);
    return kept;
  }
}
