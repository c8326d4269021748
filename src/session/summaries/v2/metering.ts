import type { Block2 } from '../action-words.ts';
import { measurements } from '../measurements.ts';
import { number } from '../payload.ts';
import { acknowledged, evseId } from '../terms.ts';

export const METERING = {
  MeterValues: {
    request: (payload) => [evseId(number(payload, 'evseId')), ...measurements(payload, '2.1')],
    response: acknowledged,
  },
} satisfies Block2<'J Metering'>;
