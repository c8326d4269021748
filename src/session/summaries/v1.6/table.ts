import type { ACTIONS_1_6 } from '../../../ocpp/catalogue/actions-1.6.ts';
import type { Block16 } from '../action-words.ts';
import { CORE } from './core.ts';
import { FIRMWARE_MANAGEMENT, LOCAL_AUTH_LIST_MANAGEMENT, REMOTE_TRIGGER, RESERVATION } from './profiles.ts';
import { SECURITY } from './security.ts';
import { SMART_CHARGING } from './smart-charging.ts';

/** Words for every action of 1.6, by feature profile. */
export const WORDS_1_6: { readonly [B in keyof typeof ACTIONS_1_6]: Block16<B> } = {
  Core: CORE,
  Reservation: RESERVATION,
  'Security (whitepaper)': SECURITY,
  SmartCharging: SMART_CHARGING,
  FirmwareManagement: FIRMWARE_MANAGEMENT,
  LocalAuthListManagement: LOCAL_AUTH_LIST_MANAGEMENT,
  RemoteTrigger: REMOTE_TRIGGER,
};
