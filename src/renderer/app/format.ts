const two = (value: number): string => String(value).padStart(2, '0');

/** Local time of day with milliseconds, such as `10:05:01.203`. */
export function timeOfDay(wall: number): string {
  const date = new Date(wall);
  const milliseconds = String(date.getMilliseconds()).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${milliseconds}`;
}

/** ISO 8601 in UTC with milliseconds; empty for what is no instant. */
export function isoTime(wall: number): string {
  const date = new Date(wall);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

/** Local date and time of day, such as `2026-11-20 10:05:01.203`. */
export function dateAndTime(wall: number): string {
  const date = new Date(wall);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${timeOfDay(wall)}`;
}

/** A span with its unit and three or four digits, such as `0.4 ms`, `28 ms`, `1.24 s`, `3 min 20 s`, `2 h 5 min`. */
export function span(milliseconds: number): string {
  const size = Math.abs(milliseconds);
  if (size < 9.95) return `${milliseconds.toFixed(1)} ms`;
  if (size < 999.5) return `${Math.round(milliseconds)} ms`;
  if (size < 59_995) return `${(milliseconds / 1000).toFixed(2)} s`;
  const minutes = Math.trunc(size / 60_000);
  const sign = milliseconds < 0 ? '-' : '';
  if (minutes < 60) return `${sign}${minutes} min ${Math.floor((size % 60_000) / 1000)} s`;
  return `${sign}${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const COUNT = new Intl.NumberFormat('en');

/** A count with separators, such as `48,112`. */
export function count(value: number): string {
  return COUNT.format(value);
}

/** A count of things in words, such as `1 error`, `3 errors`. */
export function countOf(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A size in bytes, such as `812 B`, `4.2 kB`, `210 MB`. */
export function bytes(size: number): string {
  if (size < 1000) return `${size} B`;
  let value = size;
  for (const unit of ['kB', 'MB', 'GB']) {
    value /= 1000;
    if (value < 999.5) return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${unit}`;
  }
  return `${(value / 1000).toFixed(1)} TB`;
}
