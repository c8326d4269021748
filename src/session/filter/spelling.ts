/** Longer texts are not compared: they are no typing errors of a name. */
const LENGTH_MAX = 64;

/**
 * The name that was probably meant: one that differs in case only or * by few letters, or starts so; undefined where none is near.
 */
export function nearest(text: string, names: Iterable<string>): string | undefined {
  if (text.length > LENGTH_MAX) return undefined;
  const wanted = text.toLowerCase();
  let best: string | undefined;
  let fewest = Math.floor(text.length / 3) + 1;
  for (const name of names) {
    if (name.length > LENGTH_MAX) continue;
    const edits = editsTo(name.toLowerCase(), wanted);
    if (edits >= fewest) continue;
    best = name;
    fewest = edits;
  }
  return best;
}

/** `; did you mean action?` or nothing, to end a sentence with. */
export function hint(text: string, names: Iterable<string>): string {
  const name = nearest(text, names);
  return name === undefined ? '' : `; did you mean ${name}?`;
}

/** What is only begun is as good as one wrong letter. */
function editsTo(name: string, wanted: string): number {
  return wanted.length >= 3 && name.startsWith(wanted)
    ? Math.min(1, name.length - wanted.length)
    : distance(wanted, name);
}

/** Letters to insert, delete, replace or swap with their neighbour. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let edits = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        edits = Math.min(edits, (before[j - 2] ?? 0) + 1);
      }
      row.push(edits);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
