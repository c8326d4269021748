import type { Block16 } from '../action-words.ts';
import { labelled, number, object, objects, phrase, seconds, text } from '../payload.ts';
import { profile, schedule } from '../profiles.ts';
import { connector } from '../terms.ts';

export const SMART_CHARGING = {
  ClearChargingProfile: {
    request: (payload) =>
      phrase(
        'Clear',
        labelled('#', number(payload, 'id')),
        text(payload, 'chargingProfilePurpose'),
        labelled('stack ', number(payload, 'stackLevel')),
        labelled('on ', connector(payload)?.toLowerCase()),
      ),
  },
  GetCompositeSchedule: {
    request: (payload) => [connector(payload), seconds(payload, 'duration'), text(payload, 'chargingRateUnit')],
    response: (payload) => [
      text(payload, 'status'),
      connector(payload),
      schedule(objects(payload, 'chargingSchedule')),
    ],
  },
  SetChargingProfile: {
    request: (payload) =>
      phrase(profile(object(payload, 'csChargingProfiles')), labelled('on ', connector(payload)?.toLowerCase())),
  },
} satisfies Block16<'SmartCharging'>;
