import type { OcppVersion } from '../../ocpp/version.ts';
import { readVariable, type Variable } from './variable.ts';

/** Where each version says which transaction a message is about. */
const SOURCES: Readonly<Record<OcppVersion, string>> = {
  // The CSMS hands the id out, in the answer to StartTransaction (1.6, 4.8).
  '1.6': 'last payload.transactionId where action in ["StartTransaction", "MeterValues", "StopTransaction"]',
  // The station hands it out (2.x part 2, E01.FR.08).
  '2.0.1': 'last payload.transactionInfo.transactionId where action == "TransactionEvent"',
  '2.1': 'last payload.transactionInfo.transactionId where action == "TransactionEvent"',
};

/** What `{{transactionId}}` stands for in a version. */
export function transactionIdOf(version: OcppVersion): Extract<Variable, { kind: 'last' }> {
  const read = readVariable(SOURCES[version]);
  if (!read.ok || read.value.kind !== 'last') throw new Error(`No transaction id is known of OCPP ${version}`);
  return read.value;
}
