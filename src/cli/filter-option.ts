import { Option } from 'commander';
import { readFilter } from '../session/filter/check.ts';

/** `--filter` of the commands that read a session. */
export function filterOption(): Option {
  return new Option(
    '--filter <expression>',
    'only what passes, such as \'action == "Heartbeat"\' (see docs/filters.md)',
  );
}

/** What is wrong with a filter: each sentence above the expression, with carets under the place; empty for none. */
export function filterFaults(expression: string): readonly string[] {
  const { problems } = readFilter(expression);
  return problems
    .filter(({ severity }) => severity === 'error')
    .flatMap(({ sentence, start, end }) => [
      sentence,
      `  ${expression.replace(/\s/g, ' ')}`,
      `  ${' '.repeat(lengthOf(expression.slice(0, start)))}${'^'.repeat(Math.max(1, lengthOf(expression.slice(start, end))))}`,
    ]);
}

/** In characters, so that carets stand under those that are not in the first plane of Unicode. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}
