import { parseCostDetails, type ReportedCost } from '../../../ocpp/tariff/cost-details.ts';
import type { EnergyEvent } from '../event.ts';
import { instantOf, numberOf, objectOf, textOf } from '../event-fields.ts';

/** A cost as a message reported it. */
export interface CostReport {
  readonly from: 'station' | 'csms';
  /** The message. */
  readonly action: string;
  readonly entry: number;
  /** When the cost held: the station's timestamp where there is one, else when the message was recorded. */
  readonly at: number;
  /** The final cost: of the event that ended the transaction, or of the answer to it. */
  readonly final: boolean;
  readonly cost: ReportedCost;
  /** Why the details cannot be read. */
  readonly fault?: string;
}

/** Reports of one transaction that are kept: a running cost every minute for a month, and then some. */
const REPORTS_MAX = 50_000;

/** The costs that a station and its CSMS reported, by transaction. */
export class ReportedCosts {
  readonly #byTransaction = new Map<string, CostReport[]>();

  /** In the order in which they came. */
  of(transaction: string): readonly CostReport[] {
    return this.#byTransaction.get(transaction) ?? [];
  }

  /** Takes a TransactionEvent or its answer, or a CostUpdated; whether there was a cost in it. */
  take(event: EnergyEvent): boolean {
    if (event.kind !== 'request' && event.kind !== 'answer') return false;
    const { action, request, entry } = event;
    if (action === 'CostUpdated' && event.kind === 'request') {
      const total = numberOf(request, 'totalCost');
      const transaction = textOf(request, 'transactionId');
      if (total === undefined || transaction === undefined) return false;
      return this.#add(transaction, csmsReport(total, { action, entry, at: event.at, final: false }));
    }
    if (action !== 'TransactionEvent') return false;
    const transaction = textOf(objectOf(request, 'transactionInfo'), 'transactionId');
    if (transaction === undefined) return false;
    const final = textOf(request, 'eventType') === 'Ended';
    const at = instantOf(request, 'timestamp') ?? event.at;
    if (event.kind === 'answer') {
      const total = numberOf(event.response, 'totalCost');
      return total !== undefined && this.#add(transaction, csmsReport(total, { action, entry, at, final }));
    }
    if (request.costDetails === undefined) return false;
    const details = parseCostDetails(request.costDetails);
    const place = { from: 'station', action, entry, at, final } as const;
    if (details.ok) return this.#add(transaction, { ...place, cost: details.value });
    return this.#add(transaction, { ...place, cost: { total: {}, dimensions: {} }, fault: details.error.sentence });
  }

  #add(transaction: string, report: CostReport): boolean {
    const reports = this.#byTransaction.get(transaction);
    if (!reports) this.#byTransaction.set(transaction, [report]);
    else if (reports.length < REPORTS_MAX) reports.push(report);
    return true;
  }
}

function csmsReport(total: number, place: Pick<CostReport, 'action' | 'entry' | 'at' | 'final'>): CostReport {
  // Both fields are defined as the cost including taxes.
  return { from: 'csms', ...place, cost: { total: { inclTax: total }, dimensions: {} } };
}
