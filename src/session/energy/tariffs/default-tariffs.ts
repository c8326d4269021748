import type { KnownTariff } from './known-tariff.ts';

interface Cleared {
  readonly at: number;
  /** All where absent. */
  readonly tariffIds?: readonly string[];
  /** At every EVSE where absent. */
  readonly evseId?: number;
}

type Step =
  | { readonly at: number; readonly install: KnownTariff }
  | { readonly at: number; readonly activate: KnownTariff }
  | { readonly at: number; readonly clear: Cleared };

/** The default tariffs of a station's EVSEs over time (I07, I10). */
export class DefaultTariffs {
  readonly #steps: Step[] = [];

  /** A SetDefaultTariff that was accepted. */
  install(tariff: KnownTariff): void {
    this.#steps.push({ at: tariff.at, install: tariff });
  }

  /** A ClearTariffs, as far as it was accepted. */
  clear(cleared: Cleared): void {
    this.#steps.push({ at: cleared.at, clear: cleared });
  }

  /**
   * The default tariff of an EVSE at an instant. A tariff for EVSE 0 is one of each EVSE (I07.FR.12). One with
   * `validFrom` takes its place when that time has come (I07.FR.19 to I07.FR.21), unless the present one became valid
   * later than that (I07.FR.23).
   */
  at(evseId: number, instant: number): KnownTariff | undefined {
    const present: KnownTariff[] = [];
    let active: KnownTariff | undefined;
    for (const step of this.#stepsOf(evseId, instant)) {
      if ('clear' in step) {
        const stays = ({ tariff }: KnownTariff) => step.clear.tariffIds?.includes(tariff.tariffId) === false;
        present.splice(0, present.length, ...present.filter(stays));
        if (active && !stays(active)) active = undefined;
      } else if ('install' in step) {
        present.push(step.install);
      } else if (present.includes(step.activate)) {
        const valid = step.activate.tariff.validFrom;
        const since = active?.tariff.validFrom;
        if (valid === undefined || since === undefined || since <= valid) active = step.activate;
      }
    }
    return active;
  }

  #stepsOf(evseId: number, instant: number): readonly Step[] {
    const steps: Step[] = [];
    for (const step of this.#steps) {
      if (step.at > instant) continue;
      if ('install' in step) {
        if (step.install.evseId !== 0 && step.install.evseId !== evseId) continue;
        const from = Math.max(step.at, step.install.tariff.validFrom ?? step.at);
        steps.push(step);
        if (from <= instant) steps.push({ at: from, activate: step.install });
      } else if (!('clear' in step) || (step.clear.evseId ?? evseId) === evseId || step.clear.evseId === 0) {
        steps.push(step);
      }
    }
    return steps.toSorted((one, other) => one.at - other.at);
  }
}
