import { reply } from '../reply.ts';
import { type New21, UNSUPPORTED } from './station-2.ts';

/** Block R. The station is no distributed energy resource: no type of control is supported (R04.FR.01). */
export const DER_CONTROL_2_1: New21<'ClearDERControl' | 'GetDERControl' | 'SetDERControl'> = {
  ClearDERControl: () => reply({ status: 'NotSupported', ...UNSUPPORTED }),
  GetDERControl: () => reply({ status: 'NotSupported', ...UNSUPPORTED }),
  SetDERControl: () => reply({ status: 'NotSupported', ...UNSUPPORTED }),
};
