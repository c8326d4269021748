import { parseProfile } from '../../../ocpp/schedule/parse-profile.ts';
import type { ChargingProfile } from '../../../ocpp/schedule/profile.ts';
import type { EnergyAnswer, EnergyRequest } from '../event.ts';
import { evseOf, instantOf, integerOf, numberOf, objectOf, textOf } from '../event-fields.ts';
import type { Remarks } from './remarks.ts';
import { linked } from './sentence.ts';

/** What an EV said that it needs (NotifyEVChargingNeeds). Power in W, energy in Wh, as far as it said so. */
export interface EvNeeds {
  readonly at: number;
  readonly entry: number;
  readonly evseId: number;
  readonly transfer?: string;
  readonly controlMode?: string;
  readonly departure?: number;
  readonly energy?: number;
  readonly stateOfCharge?: number;
  readonly targetStateOfCharge?: number;
  readonly maxChargePower?: number;
  readonly maxDischargePower?: number;
  readonly maxVoltage?: number;
  /** What the CSMS answered; undefined as long as it did not. */
  answer?: { readonly status: string; readonly entry: number };
}

/** The schedule that an EV intends to follow (NotifyEVChargingSchedule), as a profile to calculate with. */
export interface EvSchedule {
  readonly at: number;
  readonly entry: number;
  readonly evseId: number;
  /** Of the schedule that the EV selected from the profile. */
  readonly selectedScheduleId?: number;
  readonly profile: ChargingProfile;
}

const HELD_MAX = 20_000;

/** What EVs asked for, in the order of telling. */
export class EvRequests {
  readonly #needs: EvNeeds[] = [];
  readonly #schedules: EvSchedule[] = [];
  readonly #remarks: Remarks;

  constructor(remarks: Remarks) {
    this.#remarks = remarks;
  }

  /** The latest needs on an EVSE by an instant. */
  needsAt(evseId: number, instant: number): EvNeeds | undefined {
    return this.#needs.findLast((each) => each.evseId === evseId && each.at <= instant);
  }

  needsOn(evseId: number): readonly EvNeeds[] {
    return this.#needs.filter((each) => each.evseId === evseId);
  }

  /** The schedules that EVs sent on an EVSE, in the order in which they came. */
  schedulesOn(evseId: number): readonly EvSchedule[] {
    return this.#schedules.filter((each) => each.evseId === evseId);
  }

  takeNeeds({ request, at, entry }: EnergyRequest): void {
    const needs = objectOf(request, 'chargingNeeds');
    const evseId = evseOf(request, 'evseId');
    if (needs === undefined || evseId === undefined || this.#needs.length >= HELD_MAX) return;
    const ac = objectOf(needs, 'acChargingParameters');
    const dc = objectOf(needs, 'dcChargingParameters');
    const v2x = objectOf(needs, 'v2xChargingParameters');
    const phases = (name: string) =>
      ['', '_L2', '_L3'].reduce<number | undefined>((total, postfix) => {
        const value = numberOf(v2x, `${name}${postfix}`);
        return value === undefined ? total : (total ?? 0) + value;
      }, undefined);
    const [current, voltage] = [numberOf(dc, 'evMaxCurrent'), numberOf(dc, 'evMaxVoltage')];
    const dcPower =
      numberOf(dc, 'evMaxPower') ?? (current === undefined || voltage === undefined ? undefined : current * voltage);
    this.#needs.push({
      at: instantOf(request, 'timestamp') ?? at,
      entry,
      evseId,
      transfer: textOf(needs, 'requestedEnergyTransfer'),
      controlMode: textOf(needs, 'controlMode'),
      departure: instantOf(needs, 'departureTime'),
      energy: numberOf(v2x, 'evTargetEnergyRequest') ?? numberOf(ac, 'energyAmount') ?? numberOf(dc, 'energyAmount'),
      stateOfCharge: numberOf(dc, 'stateOfCharge'),
      targetStateOfCharge: numberOf(v2x, 'targetSoC') ?? numberOf(dc, 'fullSoC'),
      maxChargePower: phases('maxChargePower') ?? dcPower,
      maxDischargePower: phases('maxDischargePower'),
      maxVoltage: numberOf(v2x, 'maxVoltage') ?? voltage,
    });
  }

  takeNeedsAnswer({ response, requestEntry, entry }: EnergyAnswer): void {
    const status = textOf(response, 'status');
    const needs = this.#needs.findLast((each) => each.entry === requestEntry);
    if (needs && status !== undefined) needs.answer = { status, entry };
  }

  takeSchedule({ request, version, at, entry }: EnergyRequest): void {
    const evseId = evseOf(request, 'evseId');
    const schedule = objectOf(request, 'chargingSchedule');
    if (evseId === undefined || schedule === undefined || this.#schedules.length >= HELD_MAX) return;
    const startSchedule = request.timeBase ?? new Date(at).toISOString();
    const profile = parseProfile(
      {
        id: 0,
        stackLevel: 0,
        chargingProfilePurpose: 'TxProfile',
        chargingProfileKind: 'Absolute',
        // Always relative to timeBase, by the description of the field.
        chargingSchedule: [{ ...schedule, startSchedule, useLocalTime: false }],
      },
      { version, source: entry, evseId, receivedAt: at },
    );
    if (profile.ok) {
      const selectedScheduleId = integerOf(request, 'selectedChargingScheduleId') ?? undefined;
      this.#schedules.push({ at, entry, evseId, selectedScheduleId, profile: profile.value });
    } else {
      this.#remarks.add('unreadable', at, entry, [
        linked('The schedule of the EV', entry),
        ` cannot be drawn: ${profile.error.sentence}`,
      ]);
    }
  }
}
