import { signedCourse } from '../../../ocpp/signed/course.ts';
import type { OcmfReading, OcmfRecord } from '../../../ocpp/signed/ocmf.ts';
import { type Verification, verifySignedMeterValue } from '../../../ocpp/signed/verify.ts';
import type { Known } from '../known.ts';
import { keysOf, type UserKeys } from './meter-keys.ts';
import { type PlacedRecord, placementProblems } from './placement.ts';
import type { SignedTopic, SignedValueFacts } from './signed-topic.ts';

/** A signed value with what became of its verification. */
export interface VerifiedValue extends Omit<SignedValueFacts, 'value'> {
  readonly verification: ShownVerification;
}

/** A verification as it is shown: without what was signed, letter by letter. */
export type ShownVerification = Pick<Verification, 'state' | 'sentence' | 'remarks'> & {
  readonly encodingMethod: string;
  readonly signingMethod: string | null;
  readonly pagination: string | null;
  readonly meter: string | null;
  readonly meterSerial: string | null;
  readonly readings: readonly OcmfReading[];
  readonly key: {
    readonly printed: string;
    readonly curve: string;
    readonly source: string;
    readonly entry: number | null;
  } | null;
};

/** A signed reading at an end of a transaction, with the verdict on the value that it is from. */
export interface SignedEnd extends Pick<OcmfReading, 'at' | 'digits' | 'unit' | 'obis' | 'timeState' | 'transaction'> {
  readonly entry: number;
  readonly state: Verification['state'];
}

/** What is signed of a transaction. */
export interface SignedPicture {
  readonly begin: SignedEnd | null;
  readonly end: SignedEnd | null;
  /** Signed energy, in Wh. */
  readonly energy: number | null;
  /** `valid` where every value is. */
  readonly state: Verification['state'] | 'none';
  readonly sentence: string;
  /** What keeps the values from being one unbroken course. */
  readonly problems: readonly string[];
  /** At most 200: of more the first and the last, which alone are verified. */
  readonly values: readonly VerifiedValue[];
  readonly valuesInAll: number;
}

const VALUES_SHOWN = 200;
const ORDER = ['invalid', 'unreadable', 'unverified', 'valid'] as const;

/** Verifies the signed values of a transaction, and puts them together. */
export function signedPicture(topic: SignedTopic, known: Known, transaction: string, user: UserKeys): SignedPicture {
  const values = topic.of(transaction);
  const isShown = (index: number) => index < VALUES_SHOWN / 2 || index >= values.length - VALUES_SHOWN / 2;
  const records: { readonly record: OcmfRecord; readonly entry: number; readonly state: Verification['state'] }[] = [];
  const placed: PlacedRecord[] = [];
  const verified = values.flatMap((facts, index): readonly VerifiedValue[] => {
    const { value, ...where } = facts;
    const shown = isShown(index);
    if ('fault' in value) placed.push({ ...where, record: undefined });
    if ('fault' in value) return shown ? [{ ...where, verification: unreadable(value.fault) }] : [];
    // Without a key it is only read: the course of the transaction takes all of them.
    const verification = verifySignedMeterValue(value, shown ? keysOf(facts, values, known, user) : []);
    const record = recordOf(verification);
    placed.push({ ...where, record });
    if (record) records.push({ record, entry: facts.entry, state: verification.state });
    return shown ? [{ ...where, verification: shownOf(verification, value.encodingMethod, record) }] : [];
  });
  const course = records.length === 0 ? undefined : signedCourse(records.map(({ record }) => record));
  const end = (reading: NonNullable<typeof course>['begin'] | undefined): SignedEnd | null => {
    const from = reading && records[reading.record];
    if (!reading || !from) return null;
    const { at, digits, unit, obis, timeState, transaction: mark } = reading;
    return { at, digits, unit, obis, timeState, transaction: mark, entry: from.entry, state: from.state };
  };
  const state = ORDER.find((each) => verified.some(({ verification }) => verification.state === each)) ?? 'none';
  return {
    begin: end(course?.begin),
    end: end(course?.end),
    energy: course?.energy ?? null,
    state,
    sentence: sentenceOf(state, verified, values.length),
    problems: [...(course?.problems ?? []), ...placementProblems(placed), ...leftOut(topic.passedOver)],
    values: verified,
    valuesInAll: values.length,
  };
}

function leftOut(count: number): readonly string[] {
  return count === 0 ? [] : [`The station signed ${count} more values than are kept; some may be of this transaction.`];
}

function sentenceOf(state: SignedPicture['state'], values: readonly VerifiedValue[], inAll: number): string {
  if (state === 'none') return 'Nothing of this transaction is signed.';
  if (state === 'valid' && inAll > values.length)
    return `The first and the last ${values.length / 2} of ${inAll} signed values are valid; those between are not verified.`;
  if (state === 'valid')
    return values.length === 1 ? 'The signed value is valid.' : `All ${values.length} signed values are valid.`;
  const same = values.filter(({ verification }) => verification.state === state);
  const first = same[0]?.verification.sentence ?? '';
  return same.length === values.length ? first : `${same.length} of ${values.length} signed values: ${first}`;
}

function recordOf(verification: Verification): OcmfRecord | undefined {
  return verification.state === 'unreadable' ? undefined : verification.record;
}

function shownOf(
  verification: Verification,
  encodingMethod: string,
  record: OcmfRecord | undefined,
): ShownVerification {
  const { state, sentence, remarks } = verification;
  const key = 'key' in verification ? verification.key : undefined;
  return {
    state,
    sentence,
    remarks,
    encodingMethod,
    signingMethod: record?.signature.method ?? null,
    pagination: record?.pagination ?? null,
    meter: record?.meter ?? record?.gateway ?? null,
    meterSerial: record?.meterSerial ?? record?.gatewaySerial ?? null,
    readings: record?.readings ?? [],
    key: key ? { printed: key.printed, curve: key.curve, source: key.source, entry: key.entry ?? null } : null,
  };
}

function unreadable(sentence: string): ShownVerification {
  const nothing = { encodingMethod: '', signingMethod: null, pagination: null, meter: null, meterSerial: null };
  return { state: 'unreadable', sentence, remarks: [], ...nothing, readings: [], key: null };
}
