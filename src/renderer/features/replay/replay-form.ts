import type { ReplayStart } from '../../../bridge/methods/replay.ts';
import type { ReplaySide } from '../../../session/replay/replay-plan.ts';

/** What the form holds, as it was typed. */
export interface ReplayForm {
  readonly side: ReplaySide;
  /** `url`, `listen`, or the number of an open link. */
  readonly target: string;
  readonly url: string;
  readonly port: string;
  readonly anyStation: boolean;
  readonly pace: 'original' | 'faster' | 'as-answered' | 'step';
  readonly speed: string;
  readonly freshIds: boolean;
  readonly shiftTimes: boolean;
  readonly mapTransactions: boolean;
}

/** The form before anything is chosen. */
export const START_FORM: ReplayForm = {
  side: 'station',
  target: 'url',
  url: 'ws://localhost:9220/',
  port: '9230',
  anyStation: true,
  pace: 'as-answered',
  speed: '10',
  freshIds: true,
  shiftTimes: true,
  mapTransactions: true,
};

/** The form for another side: its targets are others. */
export function withSide(form: ReplayForm, side: ReplaySide): ReplayForm {
  return { ...form, side, target: side === 'station' ? 'url' : 'listen' };
}

/** What the form asks for, or in a sentence what is wrong with it. */
export function startOf(form: ReplayForm): ReplayStart | { readonly wrong: string } {
  const target = targetOf(form);
  if ('wrong' in target) return target;
  const speed = form.pace === 'faster' ? Number(form.speed) : 1;
  if (!(speed > 0 && speed <= 10_000)) return { wrong: 'The speed is a number above 0, such as 10.' };
  return {
    target,
    pace: form.pace === 'as-answered' || form.pace === 'step' ? { kind: form.pace } : { kind: 'original', speed },
    messageIds: form.freshIds ? 'fresh' : 'original',
    shiftTimes: form.shiftTimes,
    mapTransactions: form.mapTransactions,
  };
}

function targetOf({ target, url, port, anyStation }: ReplayForm): ReplayStart['target'] | { readonly wrong: string } {
  if (target === 'url') {
    const isUrl = /^wss?:$/.test(URL.parse(url.trim())?.protocol ?? '');
    return isUrl ? { kind: 'url', url: url.trim() } : { wrong: 'The CSMS is a URL that starts with ws:// or wss://.' };
  }
  if (target === 'listen') {
    const number = Number(port);
    const isPort = /^\d{1,5}$/.test(port.trim()) && number <= 65_535;
    return isPort ? { kind: 'listen', port: number, anyStation } : { wrong: 'The port is a number up to 65535.' };
  }
  return { kind: 'peer', link: Number(target) };
}
