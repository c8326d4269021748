import type { HeldMessage } from '../../../bridge/methods/intercept.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';
import { countOf } from '../../app/format.ts';
import type { CheckedMessage } from '../../app/message-editor/check-message.ts';
import { visibleLine } from '../../app/visible-text.ts';

/** What a held message is called in the queue. */
export function heldTitle({ action, type }: Pick<HeldMessage, 'action' | 'type'>): string {
  if (action === null) return type === 'malformed' ? 'Malformed frame' : type;
  return type === 'CALL' || type === 'SEND' ? visibleLine(action, 80) : `${visibleLine(action, 80)} ${type}`;
}

/** How long a message is held already, and how long still, in seconds and words. */
export interface Countdown {
  readonly words: string;
  /** Of the time that its sender waits, what is left: 1 to 0; null where nothing runs out. */
  readonly left: number | null;
  /** Less than five seconds are left before something happens by itself. */
  readonly soon: boolean;
}

const SOON = 5;

/** The countdown at a point in time on the engine's clock. */
export function countdownOf(message: HeldMessage, now: number): Countdown {
  const { heldSince, senderGivesUp, goesOn, decided } = message;
  const age = seconds(now - heldSince);
  const left =
    senderGivesUp === null || senderGivesUp <= heldSince
      ? null
      : Math.min(1, Math.max(0, (senderGivesUp - now) / (senderGivesUp - heldSince)));
  if (decided) return { words: 'decided, waits its turn', left, soon: false };
  if (goesOn !== null) {
    const rest = seconds(goesOn - now);
    return { words: rest === 0 ? 'goes on now' : `goes on in ${rest} s`, left, soon: rest < SOON };
  }
  if (senderGivesUp === null) return { words: `held for ${age} s`, left, soon: false };
  const rest = seconds(senderGivesUp - now);
  return { words: rest === 0 ? 'sender gave up' : `sender waits ${rest} s`, left, soon: rest > 0 && rest < SOON };
}

function seconds(milliseconds: number): number {
  return Math.max(0, Math.round(milliseconds / 1000));
}

/** Whether what would be sent is valid, in a sentence. */
export function validityInWords(
  checked: Pick<CheckedMessage, 'findings'>,
  version: OcppVersion | null,
): { readonly valid: boolean; readonly sentence: string } {
  const errors = checked.findings.filter(({ severity }) => severity === 'error');
  const warnings = checked.findings.length - errors.length;
  if (errors.length > 0) {
    const name = version === null ? 'Not valid' : `Not valid for ${version}`;
    return { valid: false, sentence: `${name}: ${countOf(errors.length, 'error')}. It is sent all the same.` };
  }
  if (version === null) {
    return { valid: true, sentence: 'No version of OCPP was agreed: only the structure of the frame is checked.' };
  }
  const but = warnings === 0 ? '.' : `, with ${countOf(warnings, 'warning')}.`;
  return { valid: true, sentence: `Valid for ${version}${but}` };
}
