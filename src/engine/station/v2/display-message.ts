import { reply } from '../reply.ts';
import { type Common, UNSUPPORTED } from './station-2.ts';

/** Block O. There is no display: DisplayMessageCtrlr.Available is false. */
export const DISPLAY_MESSAGE: Common<'ClearDisplayMessage' | 'GetDisplayMessages' | 'SetDisplayMessage'> = {
  ClearDisplayMessage: () => reply({ status: 'Unknown' }),
  GetDisplayMessages: () => reply({ status: 'Unknown' }),
  SetDisplayMessage: () => reply({ status: 'Rejected', ...UNSUPPORTED }),
};
