import { acknowledge, type Behaviours } from '../behaviour.ts';

/** The Firmware Management profile of 1.6 (4.4 and 4.5). */
export const firmwareManagement: Pick<
  Behaviours<'1.6'>,
  'DiagnosticsStatusNotification' | 'FirmwareStatusNotification'
> = {
  DiagnosticsStatusNotification: acknowledge,
  FirmwareStatusNotification: acknowledge,
};
