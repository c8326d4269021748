import type { Ratings } from '../../../ocpp/der/ratings.ts';
import type { JsonObject } from '../../../ocpp/json.ts';
import type { EnergyRequest } from '../event.ts';
import { evseOf, numberOf, objectOf } from '../event-fields.ts';
import type { DeviceModelKnown } from '../known.ts';

/** A rating, with the message that told it. */
export interface KnownRating {
  readonly name: keyof Ratings;
  /** Under which it was told. */
  readonly variable: string;
  readonly value: number;
  readonly entry: number;
  readonly by: 'EVSE' | 'EV';
}

/** Ratings of the inverter in an EV, as NotifyEVChargingNeeds told them. */
export interface EvRatings {
  readonly evseId: number;
  readonly at: number;
  readonly ratings: readonly KnownRating[];
}

const VARIABLES = {
  maxW: 'MaxW',
  maxVar: 'MaxVar',
  maxVarNeg: 'MaxVarNeg',
  maxVA: 'MaxVA',
  maxChargeRateW: 'MaxChargeRateW',
  vNom: 'VNom',
} as const satisfies Record<keyof Ratings, string>;

/** The appendix names the component `DCDERCtrlr`, section 2.19.1 of the referenced components `DCDERCtrl`. */
const COMPONENTS = ['DCDERCtrlr', 'DCDERCtrl'] as const;

const NAMES = Object.keys(VARIABLES) as readonly (keyof Ratings)[];

/**
 * The ratings of the inverter at an EVSE: those of the station's own (R01.FR.01), and what is missing there from the
 * EV, whose inverter it is in AC (R02.FR.01).
 */
export function ratingsAt(
  device: DeviceModelKnown,
  ofEvs: readonly EvRatings[],
  evseId: number,
  at: number,
): readonly KnownRating[] {
  const ofEv = ofEvs.findLast((each) => each.evseId === evseId && each.at <= at);
  return NAMES.flatMap((name) => {
    const own = ofStation(device, name, evseId, at);
    const told = own ?? ofEv?.ratings.find((rating) => rating.name === name);
    return told ? [told] : [];
  });
}

/** Ratings as numbers alone. */
export function numbersOf(known: readonly KnownRating[]): Ratings {
  const ratings: { -readonly [N in keyof Ratings]: Ratings[N] } = {};
  for (const { name, value } of known) ratings[name] = value;
  return ratings;
}

/** What NotifyEVChargingNeeds tells of the EV's inverter; undefined where it tells nothing. */
export function evRatingsOf({ request, at, entry }: EnergyRequest): EvRatings | undefined {
  const needs = objectOf(request, 'chargingNeeds');
  const der = objectOf(needs, 'derChargingParameters');
  const v2x = objectOf(needs, 'v2xChargingParameters');
  const rating = (name: keyof Ratings, holder: JsonObject | undefined, variable: string): readonly KnownRating[] => {
    const value = numberOf(holder, variable);
    return value === undefined ? [] : [{ name, variable, value, entry, by: 'EV' }];
  };
  const ratings = [
    ...rating('maxVA', der, 'maxApparentPower'),
    ...rating('maxVar', der, 'maxDischargeReactivePower'),
    ...rating('maxVarNeg', der, 'maxChargeReactivePower'),
    ...rating('vNom', der, 'nominalVoltage'),
    ...rating('maxW', v2x, 'maxDischargePower'),
    ...rating('maxChargeRateW', v2x, 'maxChargePower'),
  ];
  const evseId = evseOf(request, 'evseId');
  return ratings.length === 0 || evseId === undefined ? undefined : { evseId, at, ratings };
}

function ofStation(device: DeviceModelKnown, name: keyof Ratings, evseId: number, at: number): KnownRating | undefined {
  const variable = VARIABLES[name];
  for (const component of COMPONENTS) {
    for (const place of [
      { component, variable, evseId },
      { component, variable },
    ]) {
      const told = device.value(place, at) ?? device.value(place);
      const value = Number(told?.value);
      if (told && told.value.trim() !== '' && Number.isFinite(value)) {
        return { name, variable, value, entry: told.entry, by: 'EVSE' };
      }
    }
  }
  return undefined;
}
