import type { ACTIONS_2 } from '../../../ocpp/catalogue/actions-2.ts';
import type { Block2 } from '../action-words.ts';
import { DATA_TRANSFER } from '../data-transfer.ts';
import { AUTHORIZATION, LOCAL_AUTHORIZATION_LIST } from './authorization.ts';
import { AVAILABILITY } from './availability.ts';
import { BATTERY_SWAPPING } from './battery-swapping.ts';
import { CERTIFICATES } from './certificates.ts';
import { DER_CONTROL } from './der-control.ts';
import { DIAGNOSTICS } from './diagnostics.ts';
import { DISPLAY_MESSAGE } from './display-message.ts';
import { FIRMWARE } from './firmware.ts';
import { METERING } from './metering.ts';
import { BIDIRECTIONAL_POWER_TRANSFER } from './power-transfer.ts';
import { PROVISIONING } from './provisioning.ts';
import { REMOTE_CONTROL } from './remote-control.ts';
import { RESERVATION } from './reservation.ts';
import { SECURITY } from './security.ts';
import { SMART_CHARGING } from './smart-charging.ts';
import { TARIFF_AND_COST } from './tariff-and-cost.ts';
import { TRANSACTIONS } from './transactions.ts';

/** Words for every action of 2.0.1 and 2.1, by functional block. */
export const WORDS_2: { readonly [B in keyof typeof ACTIONS_2]: Block2<B> } = {
  'A Security': SECURITY,
  'B Provisioning': PROVISIONING,
  'C Authorization': AUTHORIZATION,
  'D Local Authorization List Management': LOCAL_AUTHORIZATION_LIST,
  'E Transactions': TRANSACTIONS,
  'F Remote Control': REMOTE_CONTROL,
  'G Availability': AVAILABILITY,
  'H Reservation': RESERVATION,
  'I Tariff and Cost': TARIFF_AND_COST,
  'J Metering': METERING,
  'K Smart Charging': SMART_CHARGING,
  'L Firmware Management': FIRMWARE,
  'M Certificate Management': CERTIFICATES,
  'N Diagnostics': DIAGNOSTICS,
  'O Display Message': DISPLAY_MESSAGE,
  'P Data Transfer': { DataTransfer: DATA_TRANSFER },
  'Q Bidirectional Power Transfer': BIDIRECTIONAL_POWER_TRANSFER,
  'R DER Control': DER_CONTROL,
  'S Battery Swapping': BATTERY_SWAPPING,
};
