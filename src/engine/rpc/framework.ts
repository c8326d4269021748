import type { OcppVersion } from '../../ocpp/version.ts';

/** What the RPC framework of a version does beyond what all have in common. */
export interface Framework {
  /** A message whose id cannot be read is answered with the id "-1" (2.0.1 and 2.1 part 4, 4.2.3). */
  readonly answersUnreadable: boolean;
  /** A message type number that is unknown is answered with MessageTypeNotSupported (2.0.1 part 4, 4.4; 2.1 table 9). */
  readonly answersUnknownTypes: boolean;
  /** Has the unconfirmed message SEND (2.1 part 4, 4.2.4). */
  readonly hasSend: boolean;
  /** Answers a CALLRESULT that it cannot use with a CALLRESULTERROR (2.1 part 4, 4.2.3; part 2, FR.06). */
  readonly hasResultError: boolean;
}

/** The framework of each version. */
export const FRAMEWORK: Readonly<Record<OcppVersion, Framework>> = {
  '1.6': { answersUnreadable: false, answersUnknownTypes: false, hasSend: false, hasResultError: false },
  '2.0.1': { answersUnreadable: true, answersUnknownTypes: true, hasSend: false, hasResultError: false },
  '2.1': { answersUnreadable: true, answersUnknownTypes: true, hasSend: true, hasResultError: true },
};
