import { acknowledge, type Behaviours21 } from '../behaviour.ts';

/** Block R, DER Control, which came with 2.1. */
export const derControl: Behaviours21<'NotifyDERAlarm' | 'NotifyDERStartStop' | 'ReportDERControl'> = {
  NotifyDERAlarm: acknowledge,
  NotifyDERStartStop: acknowledge,
  ReportDERControl: acknowledge,
};
