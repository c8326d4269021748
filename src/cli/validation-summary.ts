import { plain } from '../session/words.ts';
import type { Tallies, Tally } from './tally.ts';
import type { Terminal } from './terminal.ts';

const NAME_WIDTH_MAX = 40;

/** The summary of a validation, for people: a table per action, and the sums. */
export function summaryLines(tallies: Tallies, terminal: Pick<Terminal, 'paint'>): string {
  const { byAction, byVersion } = tallies.report();
  return [
    ...table('Action', Object.entries(byAction), terminal),
    '',
    ...table('Version', Object.entries(byVersion), terminal),
    '',
    sentence(tallies, terminal),
    '',
  ].join('\n');
}

function table(
  title: string,
  rows: readonly (readonly [string, Tally])[],
  { paint }: Pick<Terminal, 'paint'>,
): string[] {
  const named = rows.map(([name, tally]) => [plain(name, NAME_WIDTH_MAX), tally] as const);
  const width = Math.max(title.length, ...named.map(([name]) => name.length));
  const line = (name: string, frames: string, invalid: string): string =>
    `${name.padEnd(width)}  ${frames.padStart(9)}  ${invalid.padStart(9)}`;
  return [
    paint('dim', line(title, 'frames', 'invalid')),
    ...named.map(([name, { frames, invalid }]) => {
      const text = line(name, grouped(frames), grouped(invalid));
      return invalid > 0 ? paint('red', text) : text;
    }),
  ];
}

function sentence({ frames, invalid, malformed, unchecked }: Tallies, { paint }: Pick<Terminal, 'paint'>): string {
  const said = [
    `${grouped(frames)} ${frames === 1 ? 'frame' : 'frames'}`,
    invalid === 0 && unchecked < frames ? 'none breaks its schema' : `${grouped(invalid)} with schema violations`,
    ...(malformed === 0 ? [] : [`${grouped(malformed)} malformed`]),
    ...(unchecked === 0 ? [] : [`${grouped(unchecked)} not checked, as their version is not known`]),
  ].join(', ');
  return paint(invalid + malformed + unchecked > 0 ? 'red' : 'green', `${said}.`);
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}
