import type { Direction } from '../../../ocpp/direction.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';

/** What a text in the editor is to be. */
export interface EditedMessage {
  /** Null where no version was agreed: then only the structure of a frame can be checked. */
  readonly version: OcppVersion | null;
  readonly direction: Direction;
  /** A whole frame such as `[2,"id","Action",{…}]`, or only the payload of a request or of a response. */
  readonly part: 'frame' | 'request' | 'response';
  /** Of a payload: its action. Of a frame that is an answer: the action of its CALL, where it is known. */
  readonly action: string | null;
  /** Of a frame that is an answer: the id that it must have; null where that is not known. */
  readonly messageId?: string | null;
}
