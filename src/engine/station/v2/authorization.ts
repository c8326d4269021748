import { reply } from '../reply.ts';
import { because, type Common, type New21 } from './station-2.ts';

/** Block C. There is no authorization cache (C11.FR.03). */
export const AUTHORIZATION: Common<'ClearCache'> = {
  ClearCache: () => reply({ status: 'Rejected', ...because('NotEnabled') }),
};

/** Block C of 2.1. There is no payment kiosk and no display, on which a payment would be shown (C25). */
export const AUTHORIZATION_2_1: New21<'NotifyWebPaymentStarted'> = {
  NotifyWebPaymentStarted: () => reply({}),
};
