import type { OcmfReading, OcmfRecord } from './ocmf.ts';

/** A reading with the record that it is from. */
export interface SignedReading extends OcmfReading {
  /** Place of the record among those that were given. */
  readonly record: number;
}

/** What the signed records of a transaction say together. */
export interface SignedCourse {
  readonly begin: SignedReading | null;
  readonly end: SignedReading | null;
  /** Energy between the two, in Wh; null where it cannot be said. */
  readonly energy: number | null;
  /** What keeps the records from being one unbroken course (OCMF, "Signing and Verification Process"), in sentences. */
  readonly problems: readonly string[];
}

/** What a unit of OCMF (table 20) is in Wh. */
const WATT_HOURS: Readonly<Record<string, number>> = { Wh: 1, kWh: 1000 };

/**
 * Puts the records of one transaction together, in the order in which they came: begin, end, and whether anything is
 * missing or unusable between them. A record that was sent twice, as at the begin and again at the end, counts once.
 */
export function signedCourse(records: readonly OcmfRecord[]): SignedCourse {
  const problems: string[] = [];
  const readings = records
    .flatMap((record, index) => record.readings.map((reading): SignedReading => ({ ...reading, record: index })))
    .filter(({ value }) => value !== null)
    .toSorted((a, b) => a.at - b.at);
  const begin = readings.find(({ role }) => role === 'begin') ?? null;
  const end = readings.findLast(({ role }) => role === 'end') ?? null;
  if (!begin) problems.push('No signed reading is marked as the begin of the transaction (TX=B).');
  if (!end) problems.push('No signed reading is marked as an end of the transaction (TX=E, L, R, A or P).');
  problems.push(...sources(records), ...gaps(records));
  for (const { meterState, unusable, role } of readings) {
    const which = role === 'other' ? 'A reading' : `The reading at the ${role}`;
    if (meterState !== 'good') problems.push(`${which} has the meter state "${meterState}".`);
    if (unusable.length > 0)
      problems.push(`${which} says that ${unusable.join(' and ')} can no longer be used for billing.`);
  }
  const energy = begin && end ? energyBetween(begin, end, problems) : null;
  return { begin, end, energy, problems: [...new Set(problems)] };
}

function energyBetween(begin: SignedReading, end: SignedReading, problems: string[]): number | null {
  const [from, to] = [begin, end].map(({ unit }) => WATT_HOURS[unit ?? '']);
  if (begin.value === null || end.value === null || from === undefined || to === undefined) {
    problems.push(
      `Begin and end are in ${begin.unit ?? 'no unit'} and ${end.unit ?? 'no unit'}, so that no energy follows.`,
    );
    return null;
  }
  if (begin.obis !== end.obis) {
    problems.push(`Begin and end are of different registers, ${begin.obis ?? 'none'} and ${end.obis ?? 'none'}.`);
    return null;
  }
  // Meters have at most five digits after the point; more are an artefact of binary fractions.
  const energy = Number((end.value * to - begin.value * from).toFixed(5));
  if (energy < 0) problems.push('The signed reading at the end is below the one at the begin.');
  return energy;
}

/** All records must be of the same source, known by its serial numbers. */
function sources(records: readonly OcmfRecord[]): readonly string[] {
  const serials = new Set(
    records.map(({ meterSerial, gatewaySerial }) => `${meterSerial ?? ''} ${gatewaySerial ?? ''}`.trim()),
  );
  return serials.size > 1 ? [`The records are of different meters: ${[...serials].join('; ')}.`] : [];
}

/** The pagination of a context counts up by one from record to record. */
function gaps(records: readonly OcmfRecord[]): readonly string[] {
  const counters = new Set<number>();
  for (const { pagination } of records) {
    const number = /^T(\d+)$/.exec(pagination ?? '')?.[1];
    if (number !== undefined) counters.add(Number(number));
  }
  const sorted = [...counters].toSorted((a, b) => a - b);
  return sorted.flatMap((counter, index) => {
    const before = sorted[index - 1];
    if (before === undefined || counter === before + 1) return [];
    return [`Between the records T${before} and T${counter} others are missing.`];
  });
}
