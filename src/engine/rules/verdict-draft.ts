import type { Rule } from '../../workspace/rule.ts';
import type { InterceptedFrame, OutgoingBytes, Verdict } from '../intercept/verdict.ts';
import { type Draft, withBytes, withText } from './draft.ts';
import type { Effect } from './effect.ts';

/** A verdict that is being put together from the effects of rules. */
export interface VerdictDraft {
  /** The frame as the effects so far have left it. */
  draft(): Draft;
  apply(rule: Rule, effect: Effect): void;
  /** Undefined where no rule fired. */
  result(): Verdict | undefined;
}

/** A verdict on a frame for which no rule has fired yet. */
export function createVerdict(came: Draft): VerdictDraft {
  let draft = came;
  let gone = false;
  const fired: { id: string; name: string }[] = [];
  const copies: ('same' | OutgoingBytes)[] = [];
  const untils: ((frame: InterceptedFrame) => boolean)[] = [];
  let delayMs = 0;
  let rest: Pick<Verdict, 'answer' | 'swapWithNext' | 'stall' | 'close'> = {};

  /** The frame as it is by now, as what goes out; what was put back as it had come is not edited. */
  const outgoing = (): 'same' | OutgoingBytes => {
    const { data, binary, frame } = draft;
    const isSame = !draft.edited || (binary === frame.binary && Buffer.compare(data, frame.data) === 0);
    return isSame ? 'same' : { data, binary };
  };

  return {
    draft: () => draft,
    apply({ id, name }, effect) {
      fired.push({ id, name: effect.words === undefined ? name : `${name} (${effect.words})` });
      if (typeof effect.becomes === 'string') draft = withText(draft, effect.becomes);
      else if (effect.becomes !== undefined) draft = withBytes(draft, effect.becomes);
      if (effect.gone) gone = true;
      for (const copy of effect.copies ?? []) copies.push(copy === 'same' ? outgoing() : copy);
      if (effect.until !== undefined) untils.push(effect.until);
      delayMs += effect.delayMs ?? 0;
      const { answer, swapWithNext, stall, close } = effect;
      rest = {
        ...rest,
        ...(answer !== undefined && { answer: { data: Buffer.from(answer), binary: false } }),
        ...(swapWithNext && { swapWithNext }),
        ...(stall && { stall }),
        ...(close && { close }),
      };
    },
    result() {
      if (fired.length === 0) return undefined;
      const until = allOf(untils);
      return {
        fired,
        forward: gone ? [] : [outgoing(), ...copies],
        ...(delayMs > 0 && { delayMs }),
        ...(until && { until }),
        ...rest,
      };
    },
  };
}

/** Holds once each of them has held, for one frame or for several. */
function allOf(
  tests: readonly ((frame: InterceptedFrame) => boolean)[],
): ((frame: InterceptedFrame) => boolean) | undefined {
  if (tests.length < 2) return tests[0];
  const open = new Set(tests);
  return (frame) => {
    for (const test of open) if (test(frame)) open.delete(test);
    return open.size === 0;
  };
}
