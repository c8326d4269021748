import { acknowledge, type Behaviours2 } from '../behaviour.ts';

/** Block J, Metering. */
export const metering: Behaviours2<'MeterValues'> = {
  MeterValues: acknowledge,
};
