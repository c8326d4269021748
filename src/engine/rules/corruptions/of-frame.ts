import type { Corruption } from '../../../workspace/rule-action.ts';
import { type Draft, withElement } from '../draft.ts';
import type { ActionMeans, Effect } from '../effect.ts';
import { jsonIn, kindOf } from '../json-text.ts';

type Of<K extends Corruption['how']> = Extract<Corruption, { how: K }>;

/** Keeps the first part alone. */
export function truncate({ text, data }: Draft, { keep }: Of<'truncate'>): Effect | undefined {
  const whole = text ?? data;
  let length = keep ?? Math.floor(whole.length / 2);
  if (length >= whole.length) return undefined;
  // Half a surrogate pair is no text: what is cut is the JSON, not its encoding.
  if (text !== undefined && isHighSurrogate(text.charCodeAt(length - 1))) length -= 1;
  return { becomes: whole.slice(0, length) };
}

/** Closes with the wrong bracket, which no reader takes for JSON, however lenient it is. */
export function breakJson({ text }: Draft): Effect | undefined {
  const root = text === undefined ? undefined : jsonIn(text);
  if (text === undefined || root === undefined || kindOf(root) === 'scalar') return undefined;
  const last = root.end - 1;
  return { becomes: `${text.slice(0, last)}${text[last] === ']' ? '}' : ']'}${text.slice(last + 1)}` };
}

/** Says to be a message of another type. */
export function messageType(draft: Draft, { number }: Of<'message-type'>): Effect | undefined {
  return changed(draft, withElement(draft, 0, String(number)));
}

/** Says to be another message. */
export function messageId(draft: Draft, { messageId }: Of<'message-id'>, { chances }: ActionMeans): Effect | undefined {
  return changed(draft, withElement(draft, 1, JSON.stringify(messageId ?? chances.uuid())));
}

function changed({ text }: Draft, becomes: string | undefined): Effect | undefined {
  return becomes === undefined || becomes === text ? undefined : { becomes };
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
