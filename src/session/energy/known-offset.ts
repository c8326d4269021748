import type { DeviceModelKnown } from './known.ts';

const MINUTE = 60_000;
/** No zone has changed its offset at another minute than these since 1970. */
const STEP = 15 * MINUTE;
/** Offsets that are remembered. */
const REMEMBERED_MAX = 10_000;

/** Local time of this machine minus UTC, in milliseconds. */
export function machineOffset(instant: number): number {
  return -new Date(instant).getTimezoneOffset() * MINUTE;
}

/**
 * Local time of a station minus UTC, as its clock is set: by `ClockCtrlr.TimeZone`, a name of the IANA database, or by
 * `TimeOffset`, such as `+02:00`, with what it becomes at `NextTimeOffsetTransitionDateTime`; else by `otherwise`.
 */
export class StationOffset {
  readonly #device: DeviceModelKnown;
  readonly #otherwise: (instant: number) => number;
  readonly #zones = new Map<string, ((instant: number) => number) | null>();

  constructor(device: DeviceModelKnown, otherwise: (instant: number) => number) {
    this.#device = device;
    this.#otherwise = otherwise;
  }

  at(instant: number): number {
    const zone = this.#told('TimeZone', instant);
    const inZone = zone === undefined ? undefined : this.#zone(zone);
    return inZone?.(instant) ?? this.#byOffset(instant) ?? this.#otherwise(instant);
  }

  #byOffset(instant: number): number | undefined {
    const next = this.#told('TimeOffset', instant, 'NextTransition');
    const change = Date.parse(this.#told('NextTimeOffsetTransitionDateTime', instant) ?? '');
    const offset = next !== undefined && instant >= change ? offsetIn(next) : undefined;
    return offset ?? offsetIn(this.#told('TimeOffset', instant) ?? '');
  }

  /** What was said last by an instant, or else first after it: a clock is set before anyone asks for it. */
  #told(variable: string, instant: number, variableInstance?: string): string | undefined {
    const place = { component: 'ClockCtrlr', variable, variableInstance };
    return (this.#device.value(place, instant) ?? this.#device.value(place))?.value;
  }

  #zone(name: string): ((instant: number) => number) | null {
    let zone = this.#zones.get(name);
    if (zone === undefined) {
      zone = zoneOffset(name);
      this.#zones.set(name, zone);
    }
    return zone;
  }
}

/** Milliseconds of an offset such as `+02:00`, `-0330` or `Z`. */
function offsetIn(text: string): number | undefined {
  if (/^z$/i.test(text)) return 0;
  const match = /^([+-])(\d\d):?([0-5]\d)$/.exec(text);
  if (!match) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === '-' ? -minutes : minutes) * MINUTE;
}

/** The offset of a time zone by its name; null for one that is not known here. */
function zoneOffset(timeZone: string): ((instant: number) => number) | null {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  } catch {
    return null;
  }
  const remembered = new Map<number, number>();
  return (instant) => {
    const step = Math.floor(instant / STEP);
    const known = remembered.get(step);
    if (known !== undefined) return known;
    const name = format.formatToParts(step * STEP).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const offset = offsetIn(name.replace('GMT', '')) ?? 0;
    if (remembered.size >= REMEMBERED_MAX) remembered.clear();
    remembered.set(step, offset);
    return offset;
  };
}
