import { isJsonObject, type JsonObject } from '../../../../ocpp/json.ts';
import type { ChargingProfile } from '../../../../ocpp/schedule/profile.ts';
import type { Timer } from '../../../clock.ts';
import type { Follower } from '../../dialect.ts';
import type { StationCore } from '../../station-core.ts';

interface Pull {
  readonly profile: ChargingProfile;
  readonly timer: Timer;
}

/** Asks for updates of the dynamic profiles that say how often (2.1, K28.FR.10). */
export class DynamicPulls implements Follower {
  readonly #core: StationCore;
  readonly #pulls = new Map<number, Pull>();

  constructor(core: StationCore) {
    this.#core = core;
    core.profiles.onChange = () => this.#reconcile();
  }

  dispose(): void {
    for (const { timer } of this.#pulls.values()) timer.cancel();
    this.#pulls.clear();
  }

  /** Each profile waits for its interval since it was set or updated last. */
  #reconcile(): void {
    const { clock, profiles } = this.#core;
    const installed = profiles.list();
    for (const [id, { profile, timer }] of this.#pulls) {
      if (installed.includes(profile)) continue;
      timer.cancel();
      this.#pulls.delete(id);
    }
    for (const profile of installed) {
      const { dynUpdateInterval: interval } = profiles.payloadOf(profile);
      if (profile.kind !== 'Dynamic' || typeof interval !== 'number' || interval <= 0) continue;
      if (this.#pulls.has(profile.id)) continue;
      const timer = clock.after(1000 * interval, () => void this.#pull(profile));
      this.#pulls.set(profile.id, { profile, timer });
    }
  }

  async #pull(profile: ChargingProfile): Promise<void> {
    const { profiles } = this.#core;
    const outcome = await this.#core.call('PullDynamicScheduleUpdate', { chargingProfileId: profile.id });
    // Updated, replaced or cleared meanwhile.
    if (this.#pulls.get(profile.id)?.profile !== profile) return;
    this.#pulls.delete(profile.id);
    const update = outcome.kind === 'result' && outcome.payload.status === 'Accepted' && outcome.payload.scheduleUpdate;
    // K28.FR.08, FR.09. Without an update the profile stays as it is, until it is asked for again.
    if (isJsonObject(update as JsonObject)) profiles.update(profile.id, update as JsonObject, this.#core.now());
    this.#reconcile();
  }
}
