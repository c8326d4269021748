import type { Finding } from '../../../session/finding.ts';
import type { RowType } from '../../../session/timeline.ts';
import { type PrettyText, prettyPrint, type Stretch } from '../../app/pretty.ts';

/** A frame laid out for reading, with its findings at their places. */
export interface LaidOut {
  readonly text: string;
  readonly json: boolean;
  /** For each finding in its order, its place in `text`, where it has one. */
  readonly places: readonly (Stretch | undefined)[];
}

/** Index of the payload in the frame's array (1.6-J 4.2, part 4 4.2); of an error it is the details. */
const PAYLOAD = {
  CALL: 3,
  SEND: 3,
  CALLRESULT: 2,
  CALLERROR: 4,
  CALLRESULTERROR: 4,
} as const satisfies Record<Exclude<RowType, 'malformed'>, number>;

/** Lays out a frame. Pointers of findings start at the payload, offsets at the start of the frame. */
export function layOut(raw: string, type: RowType | null, findings: readonly Finding[]): LaidOut {
  const payload = type === null || type === 'malformed' ? undefined : PAYLOAD[type];
  const pointerOf = ({ pointer }: Finding): string | undefined =>
    pointer === undefined || payload === undefined ? undefined : `/${payload}${pointer}`;
  const pretty = prettyPrint(
    raw,
    findings.map(pointerOf).filter((pointer) => pointer !== undefined),
    findings.map(({ offset }) => offset).filter((offset) => offset !== undefined),
  );
  return { text: pretty.text, json: pretty.json, places: findings.map((one) => placeOf(one, pointerOf(one), pretty)) };
}

function placeOf({ offset }: Finding, pointer: string | undefined, pretty: PrettyText): Stretch | undefined {
  if (pointer !== undefined) return pretty.byPointer.get(pointer);
  return offset === undefined ? undefined : pretty.byOffset.get(offset);
}
