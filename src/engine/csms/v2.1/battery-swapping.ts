import { acknowledge, type Behaviours21 } from '../behaviour.ts';

/** Block S, Battery Swapping, which came with 2.1. */
export const batterySwapping: Behaviours21<'BatterySwap'> = {
  BatterySwap: acknowledge,
};
