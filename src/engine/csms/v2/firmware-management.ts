import { acknowledge, type Behaviours2 } from '../behaviour.ts';

/** Block L, Firmware Management. */
export const firmwareManagement: Behaviours2<'FirmwareStatusNotification' | 'PublishFirmwareStatusNotification'> = {
  FirmwareStatusNotification: acknowledge,
  PublishFirmwareStatusNotification: acknowledge,
};
