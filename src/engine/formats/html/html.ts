import { plain } from '../../../session/words.ts';

/** What must not stand as it is: controls but line breaks and tabs, and what turns or hides text. */
const UNSAFE = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Foreign text of several lines as HTML: nothing in it is markup, and nothing in it is invisible. */
export function htmlText(text: string): string {
  return escaped(text.replace(UNSAFE, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`));
}

/** Foreign text of one line as HTML, cut at a length. */
export function htmlLine(text: string, length = 300): string {
  return escaped(plain(text, length));
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
