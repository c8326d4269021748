import { containsFolded, folded } from './fold.ts';
import type { TextTest } from './meaning.ts';

/** What is asked of a text, as a function. */
export function textTest(test: TextTest): (text: string) => boolean {
  switch (test.operator) {
    case '==': {
      const texts = new Set(test.texts);
      return (text) => texts.has(text);
    }
    case 'contains': {
      const needle = folded(test.text);
      return (text) => containsFolded(text, needle);
    }
    case 'matches':
      return (text) => test.pattern.test(text);
  }
}
