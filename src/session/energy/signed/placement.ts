import type { OcmfRecord } from '../../../ocpp/signed/ocmf.ts';
import type { SignedValueFacts } from './signed-topic.ts';

/** A signed value of the message that ended a transaction, with its record. */
export interface PlacedRecord extends Pick<SignedValueFacts, 'context' | 'closing'> {
  /** Undefined where it could not be read: nothing is said of what may be in it. */
  readonly record: OcmfRecord | undefined;
}

/**
 * What is wrong with where a station put the signed begin and end into the message that ends a transaction: both have to
 * be there, each in a value of its own context, or both in one of Transaction.End (Signed Meter Values, 3.1.4 and 4.1.2).
 */
export function placementProblems(values: readonly PlacedRecord[]): readonly string[] {
  const closing = values.filter((value) => value.closing);
  if (closing.length === 0) return [];
  const problems: string[] = [];
  const roles = new Set<string>();
  for (const { record, context } of closing) {
    const own = new Set(record?.readings.map(({ role }) => role));
    for (const role of own) roles.add(role);
    const wanted = own.has('end') ? 'Transaction.End' : own.has('begin') ? 'Transaction.Begin' : context;
    if (context === wanted) continue;
    const what = own.has('end') ? 'end' : 'begin';
    problems.push(`The signed ${what} stands in a value of context ${context} instead of ${wanted} (${WHERE}).`);
  }
  if (closing.every(({ record }) => record !== undefined)) {
    for (const role of ['begin', 'end']) {
      if (!roles.has(role)) problems.push(`The message that ends the transaction has no signed ${role} (${WHERE}).`);
    }
  }
  return problems;
}

const WHERE = 'Signed Meter Values, 3.1.4 and 4.1.2';
