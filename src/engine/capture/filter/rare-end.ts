/** What JSON of OCPP is made of, the most frequent characters first; others are rarer. */
const FREQUENT = '"eta,oinr:s1d02lcum3pg4y5h{}vb6f7k89_wxzqj';
/** The shortest end that is looked for. */
const END_MIN = 3;

/**
 * The end of a text that starts with its rarest character, for a search that finds more but is quicker: SQLite's LIKE
 * looks closer at each place with the first character, which a quote makes nearly every place of JSON.
 */
export function rareEnd(text: string): string {
  let best = 0;
  for (let start = 1; start <= text.length - END_MIN; start++) {
    if (rarity(text, start) > rarity(text, best)) best = start;
  }
  return text.slice(best);
}

function rarity(text: string, index: number): number {
  const code = text.charCodeAt(index);
  // Beyond ASCII a pattern has a wildcard, which is as frequent as can be.
  if (code > 0x7f) return -1;
  const place = FREQUENT.indexOf(String.fromCharCode(code).toLowerCase());
  return place < 0 ? FREQUENT.length : place;
}
