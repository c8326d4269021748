import {
  type ClearCriteria,
  clear,
  type DynamicUpdate,
  endTransaction,
  type InstalledProfiles,
  install,
  updateDynamic,
} from '../../../ocpp/schedule/installed.ts';
import type { ChargingProfile } from '../../../ocpp/schedule/profile.ts';
import type { Installation, InstallationChange, InstallationEnd, InstallationOrigin } from './installation.ts';

/** Installations that are held; the oldest of those that are over go first. */
const HELD_MAX = 100_000;
/** Profiles that a station can have at a time: far more than any accepts. */
const AT_ONCE_MAX = 2_000;

type Open = { -readonly [K in keyof Installation]: Installation[K] };

/** What was installed on a station when: each profile with its time, so that the set at any instant is known. */
export class InstalledHistory {
  /** In the order in which they began. */
  #all: Open[] = [];
  #current: InstalledProfiles = [];
  readonly #open = new Map<ChargingProfile, Open>();
  #forgotten = 0;

  /** What is installed now. */
  get current(): InstalledProfiles {
    return this.#current;
  }

  get size(): number {
    return this.#all.length;
  }

  /** Installations that are no longer held, since there were too many. */
  get forgotten(): number {
    return this.#forgotten;
  }

  /** Of a profile that is installed now. */
  currentInstallation(profile: ChargingProfile): Installation | undefined {
    return this.#open.get(profile);
  }

  /** Installs a profile from an instant on; what it takes the place of is gone by then. */
  install(profile: ChargingProfile, at: number, entry: number, origin: InstallationOrigin): void {
    this.#settle(install(this.#current, profile), at, entry, 'replaced');
    this.#begin({ profile, origin, from: at, entry, to: Number.POSITIVE_INFINITY, end: undefined });
    const [oldest] = this.#current;
    if (this.#current.length > AT_ONCE_MAX && oldest) this.remove([oldest], at, entry, 'replaced');
  }

  /** Removes what ClearChargingProfile asks for; yields what that was. */
  clear(criteria: ClearCriteria, at: number, entry: number): readonly ChargingProfile[] {
    const cleared = this.wouldClear(criteria);
    this.remove(cleared, at, entry, 'cleared');
    return cleared;
  }

  /** What ClearChargingProfile asks for, without removing it. */
  wouldClear(criteria: ClearCriteria): readonly ChargingProfile[] {
    const rest = clear(this.#current, criteria);
    return this.#current.filter((profile) => !rest.includes(profile));
  }

  /** Removes the profiles of a transaction that ended at `at`, of which the message with `entry` told. */
  endTransaction(evseId: number, id: string, at: number, entry: number): void {
    // What names no EVSE that is known has to name the transaction.
    const rest = endTransaction(this.#current, evseId, id).filter(
      ({ purpose, transactionId }) => purpose !== 'TxProfile' || transactionId !== id,
    );
    this.#settle(rest, at, entry, 'transaction ended');
  }

  /** Replaces values of a dynamic profile; false where there is none of that id. */
  update(update: DynamicUpdate, entry: number): boolean {
    const before = this.#current;
    const result = updateDynamic(before, update);
    if (!result.ok) return false;
    const index = result.value.findIndex((profile, place) => profile !== before[place]);
    const [old, updated] = [before[index], result.value[index]];
    if (!old || !updated) return true;
    const origin = this.#open.get(old)?.origin ?? { by: 'csms', with: 'dynamic update' };
    this.#settle(
      before.filter((profile) => profile !== old),
      update.at,
      entry,
      'updated',
    );
    this.#begin({ profile: updated, origin, from: update.at, entry, to: Number.POSITIVE_INFINITY, end: undefined });
    this.#current = result.value;
    return true;
  }

  /** Removes profiles that are installed now. */
  remove(gone: readonly ChargingProfile[], at: number, entry: number, why: InstallationEnd): void {
    this.#settle(
      this.#current.filter((profile) => !gone.includes(profile)),
      at,
      entry,
      why,
    );
  }

  /** What was installed at an instant, in the order in which it came. */
  at(instant: number): readonly Installation[] {
    return this.#all.filter(({ from, to }) => from <= instant && instant < to);
  }

  /** What was installed at any time of `[from, to)`, in the order in which it came. */
  between(from: number, to: number): readonly Installation[] {
    return this.#all.filter((each) => each.from < to && each.to > from && each.to > each.from);
  }

  /** What was gone by an instant, the latest first. */
  endedBefore(instant: number, most: number): readonly Installation[] {
    return this.#all
      .filter(({ to, end }) => to <= instant && end !== undefined)
      .sort((a, b) => b.to - a.to)
      .slice(0, most);
  }

  /** Every change, in order. */
  changes(): readonly InstallationChange[] {
    return this.#all
      .flatMap((installation): readonly InstallationChange[] => {
        const { from, to, entry, end } = installation;
        const begun = { at: from, entry, what: 'installed' as const, installation };
        return end ? [begun, { at: to, entry: end.entry, what: end.why, installation }] : [begun];
      })
      .sort((a, b) => a.at - b.at || a.entry - b.entry);
  }

  /** Ends what is not in the new set, which is then the current one. */
  #settle(kept: InstalledProfiles, at: number, entry: number, why: InstallationEnd): void {
    // Where one takes the place of another there are as many as before.
    if (this.#current.some((profile, index) => profile !== kept[index])) {
      const rest = new Set(kept);
      for (const profile of this.#current) {
        const open = this.#open.get(profile);
        if (!open || rest.has(profile)) continue;
        open.to = Math.max(open.from, at);
        open.end = { why, entry };
        this.#open.delete(profile);
      }
    }
    this.#current = kept.filter((profile) => this.#open.has(profile));
  }

  #begin(open: Open): void {
    this.#current = [...this.#current, open.profile];
    this.#open.set(open.profile, open);
    let index = this.#all.length;
    while (index > 0 && (this.#all[index - 1]?.from ?? 0) > open.from) index -= 1;
    this.#all.splice(index, 0, open);
    if (this.#all.length > HELD_MAX) this.#forget();
  }

  #forget(): void {
    const over = this.#all.filter(({ end }) => end !== undefined);
    const gone = new Set(over.slice(0, Math.ceil(over.length / 10)));
    this.#all = this.#all.filter((each) => !gone.has(each));
    this.#forgotten += gone.size;
  }
}
