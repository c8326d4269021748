import { RE2JS } from 're2js';

/** The longest regular expression, in UTF-16 code units. */
const PATTERN_MAX = 1000;

/** A regular expression of which no text takes longer than in proportion to its length. */
export interface Pattern {
  test(text: string): boolean;
}

/** The regular expression, in RE2's syntax and of any letter case; or in words why it is none. */
export function compilePattern(source: string): Pattern | { readonly wrong: string } {
  if (source.length > PATTERN_MAX) return { wrong: `it has more than ${PATTERN_MAX} characters` };
  try {
    const compiled = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
    return { test: (text) => compiled.test(text) };
  } catch (error) {
    return {
      wrong:
        error instanceof Error
          ? error.message.replace(/^error parsing regexp: /, '').replace('(?i)', '')
          : String(error),
    };
  }
}
