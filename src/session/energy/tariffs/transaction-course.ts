import type { Course } from '../../../ocpp/tariff/course.ts';
import type { Known, TransactionFacts } from '../known.ts';
import { type MeterSource, transactionMeter } from './meter-source.ts';
import { kindOfEvse } from './payment.ts';
import type { TariffTopic } from './tariff-topic.ts';

/** What a transaction did, from its events and its meter values. One that goes on is known until `latest`. */
export function transactionCourse(
  topic: TariffTopic,
  known: Known,
  meters: MeterSource,
  transaction: TransactionFacts,
  latest: number,
): Course {
  const { id, evseId, startedAt, endedAt, states } = transaction;
  const to = Math.max(startedAt, endedAt ?? latest);
  const evseKind = kindOfEvse(known, evseId) ?? topic.transferAt(evseId, startedAt, to);
  const reservedAt = topic.reservedAt(id);
  return {
    from: startedAt,
    to,
    ended: endedAt !== null,
    charging: states.map(({ at, state }) => ({ at, charging: state === 'Charging' })),
    ...transactionMeter(meters, evseId, startedAt, to),
    ...(evseKind && { evseKind }),
    ...topic.paymentOf(id),
    ...(reservedAt !== undefined && reservedAt < startedAt && { reservedAt }),
  };
}
