import type { Known, TransactionFacts } from '../known.ts';
import type { KnownTariff, ToldTariff } from './known-tariff.ts';
import type { TariffTopic } from './tariff-topic.ts';

/** A tariff of a transaction, from when on, and how that is known. */
export interface AssignedKnown {
  readonly known: KnownTariff;
  readonly from: number;
  /** The message from which on it counts: the event that named it, or else the one that brought it. */
  readonly toldEntry: number;
}

export interface Assigned {
  readonly tariffs: readonly AssignedKnown[];
  /** What is remarkable, in sentences. */
  readonly remarks: readonly string[];
}

/**
 * The tariffs of a transaction in the order in which they count. What its events say (`transactionInfo.tariffId`)
 * decides; where they say nothing, the driver's tariff and then the default tariff of the EVSE (I07.FR.14, I08.FR.04).
 */
export function assignedTariffs(topic: TariffTopic, known: Known, transaction: TransactionFacts): Assigned {
  const { id, startedAt } = transaction;
  const changes = topic.changesOf(id);
  const told = topic.toldBy(id);
  const remarks: string[] = [];
  const tariffs: AssignedKnown[] = [];
  const firstTold = told.find((each) => !isOfChange(each, changes));
  const expected = expectedTariff(topic, transaction);
  if (firstTold) {
    const named = knownById(topic, firstTold);
    if (named) tariffs.push({ known: named, from: startedAt, toldEntry: firstTold.entry });
    else {
      remarks.push(
        `The transaction uses tariff ${firstTold.tariffId}, but no message of this session brought it: it cannot be calculated.`,
      );
    }
    if (expected && expected.tariff.tariffId !== firstTold.tariffId) {
      const rule = expected.kind === 'driver' ? 'I08.FR.04' : 'I07.FR.14';
      remarks.push(
        `The transaction says tariff ${firstTold.tariffId}, where the ${expected.kind} tariff ${expected.tariff.tariffId} was to be expected (${rule}).`,
      );
    }
  } else if (expected && known.version === '2.1') {
    tariffs.push({ known: expected, from: startedAt, toldEntry: expected.entry });
    remarks.push(
      `No event of the transaction names its tariff (I07.FR.32, I08.FR.22): the ${expected.kind} tariff ${expected.tariff.tariffId} is assumed.`,
    );
  }
  for (const change of changes) addChange(change, told, tariffs, remarks);
  return { tariffs: tariffs.toSorted((one, other) => one.from - other.from), remarks };
}

function addChange(
  change: KnownTariff,
  told: readonly ToldTariff[],
  tariffs: AssignedKnown[],
  remarks: string[],
): void {
  const { tariffId, currency } = change.tariff;
  const before = tariffs.at(-1)?.known.tariff.currency;
  if (before !== undefined && before !== currency) {
    remarks.push(
      `The station accepted tariff ${tariffId} in ${currency} for a transaction in ${before}; it has to answer NoCurrencyChange (I11.FR.05). The change is not calculated.`,
    );
    return;
  }
  const event = told.find((each) => each.tariffId === tariffId && isOfChange(each, [change]));
  if (!event) {
    remarks.push(
      `No TransactionEvent with trigger reason TariffChanged names tariff ${tariffId} (I11.FR.07): it counts from the answer to ChangeTransactionTariff on.`,
    );
  }
  tariffs.push({ known: change, from: event?.at ?? change.at, toldEntry: event?.entry ?? change.entry });
}

/** Whether an event names a tariff that the transaction was changed to: it says so, or comes after the change. */
function isOfChange(told: ToldTariff, changes: readonly KnownTariff[]): boolean {
  return changes.some(
    ({ tariff, entry }) =>
      tariff.tariffId === told.tariffId && (told.triggerReason === 'TariffChanged' || told.entry > entry),
  );
}

/** The tariff with an id, as it was when an event named it; else the first that had it. */
function knownById(topic: TariffTopic, told: ToldTariff): KnownTariff | undefined {
  const all = topic.withId(told.tariffId);
  return all.findLast(({ entry }) => entry < told.entry) ?? all[0];
}

function expectedTariff(topic: TariffTopic, transaction: TransactionFacts): KnownTariff | undefined {
  const { idToken, evseId, startedAt, endedAt } = transaction;
  const driver = idToken === undefined ? undefined : topic.driverAt(idToken, endedAt ?? Number.POSITIVE_INFINITY);
  return driver ?? topic.defaults.at(evseId, startedAt);
}
