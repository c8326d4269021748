import type { Behaviours2 } from '../behaviour.ts';

/** Block P, Data Transfer. */
export const dataTransfer: Behaviours2<'DataTransfer'> = {
  // P02.FR.06: no vendor's extension is known here.
  DataTransfer: () => ({ status: 'UnknownVendorId' }),
};
