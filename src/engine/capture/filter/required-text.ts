/** Characters that stand for themselves and have no other case than in ASCII; of `k` and `s` there are such. */
const PLAIN = /[a-jl-rt-zA-JL-RT-Z0-9 _"':;,<>=!@#%&~`/-]/;
/** What can make of the character before it that it is not there. */
const OPTIONAL = /[*?{]/;
/** Escapes that mean one character or a place, and have no arguments. */
const ESCAPE = /[dDwWsSbBnrt.\\"'/+*?()[\]{}|^$-]/;
/** Shorter texts are nearly everywhere. */
const LENGTH_MIN = 3;

/**
 * A text that everything has in it, in any letter case, that a regular expression matches: a search for it spares most
 * frames the expression. Undefined where none is plain to see.
 */
export function requiredText(expression: string): string | undefined {
  const runs: string[] = [];
  let run = '';
  let depth = 0;
  const end = (): void => {
    runs.push(run);
    run = '';
  };
  for (let index = 0; index < expression.length; index++) {
    const char = expression[index] ?? '';
    if (depth === 0 && PLAIN.test(char)) {
      if (OPTIONAL.test(expression[index + 1] ?? '')) end();
      else run += char;
      continue;
    }
    end();
    switch (char) {
      case '\\':
        index += 1;
        if (!ESCAPE.test(expression[index] ?? '')) return undefined;
        break;
      case '[': {
        const close = expression.indexOf(']', index + 1);
        const inside = expression.slice(index + 1, close);
        // `[]a]`, `[^]a]` and `[[:alpha:]]` go on behind the first bracket.
        if (close < 0 || /^\^?$|[[\\]/.test(inside)) return undefined;
        index = close;
        break;
      }
      case '{':
        index = expression.indexOf('}', index);
        if (index < 0) return undefined;
        break;
      case '(':
        // Flags can change the meaning of all that follows.
        if (expression[index + 1] === '?') return undefined;
        depth += 1;
        break;
      case ')':
        depth -= 1;
        break;
      case '|':
        if (depth === 0) return undefined;
    }
  }
  end();
  const longest = runs.reduce((best, each) => (each.length > best.length ? each : best), '');
  return longest.length >= LENGTH_MIN ? longest : undefined;
}
