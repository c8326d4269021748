import type { JsonObject } from '../../../../ocpp/json.ts';
import type { RequestOf } from '../../../../ocpp/messages.ts';
import { parseProfile } from '../../../../ocpp/schedule/parse-profile.ts';
import type { ChargingProfile, OperationMode } from '../../../../ocpp/schedule/profile.ts';
import { offerNow } from '../../offer.ts';
import type { StationCore } from '../../station-core.ts';
import type { DeviceModel } from '../device-model.ts';
import type { Speaker2 } from '../speaker.ts';
import { EXTERNAL_SOURCE } from './external-source.ts';

/** What the energy management system asks for, one after the other, in W. */
const LIMITS = [6000, 9000] as const;
const SETPOINTS = [5000, 7000] as const;
/** Negative, so that it is none of the CSMS (K11.FR.06). */
const PROFILE_ID = -1;

type External = Extract<OperationMode, 'ExternalLimits' | 'ExternalSetpoint'>;

export interface ExternalLimitsOptions {
  readonly core: StationCore;
  readonly model: DeviceModel;
  readonly speaker: Speaker2;
}

/** An energy management system beside the CSMS that limits the station, or says what it is to do (2.1, K11 to K13, K29, Q06). */
export class ExternalLimits {
  readonly #options: ExternalLimitsOptions;
  #times = 0;

  constructor(options: ExternalLimitsOptions) {
    this.#options = options;
  }

  /** Whether a limit or setpoint would count: the CSMS asked for it by a profile, or does not forbid it (K11.FR.07). */
  accepts(mode: External): boolean {
    const { model } = this.#options;
    if (model.text('SmartChargingCtrlr', 'ExternalControlSignalsEnabled') !== 'true') return false;
    const disallowed = model.text('SmartChargingCtrlr', 'ExternalConstraintsProfileDisallowed') === 'true';
    return !disallowed || this.#awaiting(mode).length > 0;
  }

  /** The system sets the next of its values for the station. */
  set(mode: External): void {
    const { core } = this.#options;
    const values = mode === 'ExternalLimits' ? LIMITS : SETPOINTS;
    const value = values[this.#times++ % values.length] ?? values[0];
    const update: JsonObject = mode === 'ExternalLimits' ? { limit: value } : { setpoint: value };
    this.#changing(() => {
      const awaiting = this.#awaiting(mode);
      // K29.FR.03: profiles of the CSMS that leave the value to it.
      for (const { id } of awaiting) core.profiles.update(id, update, core.now());
      if (awaiting.length === 0) this.#constrain(mode, update);
    });
    this.#notify(mode, update);
  }

  /** Whether there is something to release. */
  get constrains(): boolean {
    return this.#own() !== undefined;
  }

  /** The system lets the station go (K13.FR.01 to FR.03). */
  release(): void {
    const { core, speaker } = this.#options;
    this.#changing(() => core.profiles.remove(PROFILE_ID));
    void speaker.call('ClearedChargingLimit', { chargingLimitSource: EXTERNAL_SOURCE });
  }

  /** K29.FR.04 to FR.06: a profile of its own, which is updated from then on. */
  #constrain(mode: External, update: JsonObject): void {
    const { core } = this.#options;
    const own = this.#own();
    const same = own?.schedules.every(({ periods }) => periods.every(({ operationMode }) => operationMode === mode));
    if (own && same) {
      core.profiles.update(PROFILE_ID, update, core.now());
      return;
    }
    const payload: JsonObject = {
      id: PROFILE_ID,
      stackLevel: 0,
      chargingProfilePurpose: 'ChargingStationExternalConstraints',
      chargingProfileKind: 'Dynamic',
      dynUpdateTime: core.timestamp(),
      chargingSchedule: [this.#schedule(mode, update)],
    };
    const arrival = { version: core.version, source: core.profiles.newSource(), evseId: 0, receivedAt: core.now() };
    const parsed = parseProfile(payload, arrival);
    if (parsed.ok) core.profiles.install(parsed.value, payload);
  }

  #schedule(mode: External, update: JsonObject): JsonObject {
    const chargingSchedulePeriod = [{ startPeriod: 0, operationMode: mode, ...update }];
    return { id: 1, chargingRateUnit: 'W', chargingSchedulePeriod };
  }

  #own(): ChargingProfile | undefined {
    return this.#options.core.profiles.list().find(({ id }) => id === PROFILE_ID);
  }

  #awaiting(mode: External): readonly ChargingProfile[] {
    return this.#options.core.profiles
      .list()
      .filter(
        ({ kind, purpose, schedules }) =>
          kind === 'Dynamic' &&
          (purpose === 'TxProfile' || purpose === 'TxDefaultProfile') &&
          schedules.some(({ periods }) => periods.some(({ operationMode }) => operationMode === mode)),
      );
  }

  /** K11.FR.02, FR.03, FR.05; Q06.FR.11. */
  #notify(mode: External, update: JsonObject): void {
    const { model, speaker } = this.#options;
    const withSchedules = model.text('SmartChargingCtrlr', 'NotifyChargingLimitWithSchedules') === 'true';
    const request: JsonObject = {
      chargingLimit: { chargingLimitSource: EXTERNAL_SOURCE },
      ...(withSchedules ? { chargingSchedule: [this.#schedule(mode, update)] } : {}),
    };
    void speaker.call('NotifyChargingLimit', request as RequestOf<'2.0.1', 'NotifyChargingLimit'>);
  }

  /** K11.FR.04, K13.FR.03: where transactions may go on otherwise than before, the CSMS is told. */
  #changing(change: () => void): void {
    const { core, model, speaker } = this.#options;
    const offers = () => core.evses.map((evse) => offerNow(core, evse));
    const before = offers();
    change();
    const significance = Number(model.text('SmartChargingCtrlr', 'LimitChangeSignificance')) / 100;
    const most = core.hardware.maxCurrent * core.hardware.nominalVoltage * core.hardware.phases;
    for (const [at, after] of offers().entries()) {
      const evse = core.evses[at];
      const rate = (offer: typeof after | undefined) => Math.min(most, offer?.setpoint ?? offer?.limit ?? most);
      const changed = Math.abs(rate(after) - rate(before[at])) > significance * most;
      if (!evse?.transaction || !changed) continue;
      core.runner.refresh(evse);
      speaker.updated21(evse, evse.transaction, 'ChargingRateChanged');
    }
  }
}
