import { reply } from '../reply.ts';
import { because, type New21 } from './station-2.ts';

/** Block S. The station holds no batteries. */
export const BATTERY_SWAPPING_2_1: New21<'RequestBatterySwap'> = {
  RequestBatterySwap: () => reply({ status: 'Rejected', ...because('NoBatteryAvailable') }),
};
