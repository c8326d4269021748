import { z } from 'zod';
import type { SignedPicture } from '../../../session/energy/signed/signed-picture.ts';
import type { TransactionRows } from '../../../session/energy/transactions/transactions-question.ts';
import { method } from '../../method.ts';
import { evseId, stationId } from './shared.ts';

/** The transactions of a station and what is signed of them. */
export const TRANSACTIONS_METHODS = {
  /** Transactions, the latest first, with what their meter values come to. */
  'energy.transactions': method<TransactionRows>()(
    z.tuple([z.object({ station: stationId, skip: z.number().int().min(0), count: z.number().int().min(1).max(200) })]),
  ),
  /** Verifies the signed meter values of a transaction; the user's public keys are by EVSE, 0 for all. */
  'energy.signed': method<SignedPicture | null>()(
    z.tuple([
      z.object({
        station: stationId,
        transaction: z.string().min(1).max(255),
        keys: z.record(z.coerce.number().pipe(evseId), z.string().max(5000)),
      }),
    ]),
  ),
} as const;
