import type { JsonObject } from '../../../ocpp/json.ts';
import { decimal } from '../../words.ts';
import type { Block2 } from '../action-words.ts';
import { energy, rate } from '../measurements.ts';
import { hashed, labelled, list, names, number, object, objects, phrase, seconds, text } from '../payload.ts';
import { profile, schedule } from '../profiles.ts';
import { acknowledged, evseId, part, request, statusWithReason } from '../terms.ts';

export const SMART_CHARGING = {
  ClearChargingProfile: {
    request(payload) {
      const criteria = object(payload, 'chargingProfileCriteria');
      return phrase(
        'Clear',
        labelled('#', number(payload, 'chargingProfileId')),
        text(criteria, 'chargingProfilePurpose'),
        labelled('stack ', number(criteria, 'stackLevel')),
        labelled('on ', evseId(number(criteria, 'evseId'))),
      );
    },
  },
  ClearedChargingLimit: {
    request: (payload) => [
      phrase('Limit of', text(payload, 'chargingLimitSource'), 'cleared'),
      evseId(number(payload, 'evseId')),
    ],
    response: acknowledged,
  },
  GetChargingProfiles: {
    request(payload) {
      const criteria = object(payload, 'chargingProfile');
      return [
        evseId(number(payload, 'evseId')),
        phrase(
          text(criteria, 'chargingProfilePurpose'),
          labelled('stack ', number(criteria, 'stackLevel')),
          names(list(criteria, 'chargingProfileId'), (id) => hashed(id)),
        ),
        request(payload),
      ];
    },
  },
  GetCompositeSchedule: {
    request: (payload) => [
      evseId(number(payload, 'evseId')),
      seconds(payload, 'duration'),
      text(payload, 'chargingRateUnit'),
    ],
    response: (payload) => [statusWithReason(payload), schedule(objects(payload, 'schedule'))],
  },
  NotifyChargingLimit: {
    request: (payload) => [
      labelled(
        'Limit from ',
        text(object(payload, 'chargingLimit'), 'chargingLimitSource') ?? text(payload, 'chargingLimitSource'),
      ),
      evseId(number(payload, 'evseId')),
      schedule(objects(payload, 'chargingSchedule')),
    ],
    response: acknowledged,
  },
  NotifyEVChargingNeeds: {
    request: (payload) => [evseId(number(payload, 'evseId')), ...needs(object(payload, 'chargingNeeds'))],
  },
  NotifyEVChargingSchedule: {
    request: (payload) => [evseId(number(payload, 'evseId')), schedule(objects(payload, 'chargingSchedule'))],
  },
  NotifyPriorityCharging: {
    request: (payload) => [
      payload.activated === true ? 'Priority charging on' : 'Priority charging off',
      labelled('transaction ', text(payload, 'transactionId')),
    ],
    response: acknowledged,
  },
  PullDynamicScheduleUpdate: {
    request: (payload) => labelled('Profile #', number(payload, 'chargingProfileId')),
    response: (payload) => [statusWithReason(payload), update(payload)],
  },
  ReportChargingProfiles: {
    request: (payload) => [
      evseId(number(payload, 'evseId')),
      names(objects(payload, 'chargingProfile'), profile, 2),
      request(payload),
      part(payload),
    ],
    response: acknowledged,
  },
  SetChargingProfile: {
    request: (payload) =>
      phrase(profile(object(payload, 'chargingProfile')), labelled('on ', evseId(number(payload, 'evseId')))),
  },
  UpdateDynamicSchedule: {
    request: (payload) => [labelled('Profile #', number(payload, 'chargingProfileId')), update(payload)],
  },
  UsePriorityCharging: {
    request: (payload) => [
      payload.activate === true ? 'Use priority charging' : 'End priority charging',
      labelled('transaction ', text(payload, 'transactionId')),
    ],
  },
} satisfies Block2<'K Smart Charging'>;

function needs(payload: JsonObject): readonly (string | undefined)[] {
  const ac = number(object(payload, 'acChargingParameters'), 'energyAmount');
  const dc = object(payload, 'dcChargingParameters');
  const wanted = ac ?? number(dc, 'energyAmount');
  const soc = number(dc, 'stateOfCharge');
  return [
    text(payload, 'requestedEnergyTransfer'),
    wanted === undefined ? undefined : energy(wanted),
    soc === undefined ? undefined : `SoC ${decimal(soc, 0)} %`,
    labelled('until ', text(payload, 'departureTime', 30)),
  ];
}

function update(payload: JsonObject): string | undefined {
  const change = object(payload, 'scheduleUpdate');
  const said = (['limit', 'dischargeLimit', 'setpoint'] as const).map((key) => {
    const value = number(change, key);
    return value === undefined
      ? undefined
      : `${key === 'dischargeLimit' ? 'discharge limit' : key} ${rate(value, undefined)}`;
  });
  return phrase(...said);
}
