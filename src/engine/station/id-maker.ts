/**
 * Yields ids of 25 characters at most that one station never repeats: a random part made once, and a count
 * (part 4, 4.1.4 for messages; E01.FR.08 for transactions). `random` yields numbers from 0 up to 1.
 */
export function idMaker(random: () => number): () => string {
  const digits = () =>
    Math.floor(random() * 0x1000000)
      .toString(16)
      .padStart(6, '0');
  const prefix = `${digits()}${digits()}`;
  let count = 0;
  return () => `${prefix}-${(++count).toString(36)}`;
}
