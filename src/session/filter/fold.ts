/** The only characters that become ASCII letters in lower case: İ and the Kelvin sign. They stay as they are. */
const NOT_FOLDED = /[\u0130\u212a]/;

/**
 * A text without its letter case: equal for texts that differ in case only, and of as many characters. ASCII letters
 * meet no others, so that for a text of those it is the same as what SQLite's `LIKE` does.
 */
export function folded(text: string): string {
  const lower = NOT_FOLDED.test(text)
    ? text.replace(/[^\u0130\u212a]+/g, (part) => part.toLowerCase())
    : text.toLowerCase();
  // Whether a sigma is the last letter of its word is no matter of case.
  return lower.replaceAll('ς', 'σ');
}

/** Whether a text contains another one, whatever their letter case. `needle` has to be folded. */
export function containsFolded(text: string, needle: string): boolean {
  return folded(text).includes(needle);
}
