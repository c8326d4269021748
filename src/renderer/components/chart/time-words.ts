const two = (value: number): string => String(value).padStart(2, '0');

/** Local date, such as `2026-11-20`. */
export function localDate(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Local time of day, as exactly as is asked for: `10:05`, `10:05:01` or `10:05:01.203`. */
export function localTime(at: number, exact: 'minutes' | 'seconds' | 'milliseconds'): string {
  const date = new Date(at);
  const minutes = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (exact === 'minutes') return minutes;
  const seconds = `${minutes}:${two(date.getSeconds())}`;
  return exact === 'seconds' ? seconds : `${seconds}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** Local date and time to the millisecond. */
export function localMoment(at: number): string {
  return `${localDate(at)} ${localTime(at, 'milliseconds')}`;
}

/** How long ago something was, in one or two units, such as `0 s`, `4.2 s`, `3 min 20 s`, `2 h 5 min`, `4 d 2 h`. */
export function ageWords(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const pairs: readonly (readonly [unit: string, length: number, small: string, part: number])[] = [
    ['d', 86_400, 'h', 3600],
    ['h', 3600, 'min', 60],
    ['min', 60, 's', 1],
  ];
  for (const [unit, length, small, part] of pairs) {
    if (seconds < length - 0.5) continue;
    const whole = Math.floor((seconds + 0.5) / length);
    const rest = Math.floor((seconds + 0.5 - whole * length) / part);
    return rest === 0 ? `${whole} ${unit}` : `${whole} ${unit} ${rest} ${small}`;
  }
  return `${Math.round(seconds)} s`;
}
