/** A piece of a sentence: words, words that lead to the message they are about, or a moment that a face writes in its time. */
export type SentencePart = string | { readonly text: string; readonly entry: number } | { readonly at: number };

/** A sentence whose words lead to messages. */
export type Sentence = readonly SentencePart[];

/** Something about charging that a person should know before believing a picture. */
export interface ChargingRemark {
  /** What kind of remark it is; the same one is said once for the same entry. */
  readonly kind: string;
  readonly sentence: Sentence;
  /** Of the message that gave rise to it; 0 where there is none. */
  readonly entry: number;
  readonly at: number;
}

/** The words of a sentence alone, with moments in ISO 8601 at UTC. */
export function sentenceText(sentence: Sentence): string {
  return sentence
    .map((part) => (typeof part === 'string' ? part : 'text' in part ? part.text : new Date(part.at).toISOString()))
    .join('');
}

/** Words that lead to an entry, or plain ones where there is no entry. */
export function linked(text: string, entry: number): SentencePart {
  return entry > 0 ? { text, entry } : text;
}
