import { reply } from '../reply.ts';
import type { Common } from './station-2.ts';

/** Block P. No vendor's extensions are known (P01.FR.06). */
export const DATA_TRANSFER: Common<'DataTransfer'> = {
  DataTransfer: () => reply({ status: 'UnknownVendorId' }),
};
