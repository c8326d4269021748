import type { ReplayStart } from '../../../bridge/methods/replay.ts';
import type { ReplaySide } from '../../../session/replay/replay-plan.ts';
import { type ClientForm, clientFormOf, clientOf, hasPassword, profileMisfit } from '../../app/security/client-form.ts';
import { type ListenerForm, listenerErrors, listenerFormOf, listenerOf } from '../../app/security/listener-form.ts';

/** What the form holds, as it was typed. */
export interface ReplayForm {
  readonly side: ReplaySide;
  /** `url`, `listen`, or the number of an open link. */
  readonly target: string;
  readonly url: string;
  /** How the CSMS at the URL is connected to. */
  readonly security: ClientForm;
  readonly port: string;
  /** What is asked of the stations that are waited for. */
  readonly listener: ListenerForm;
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
  security: clientFormOf(undefined),
  port: '9230',
  listener: listenerFormOf(undefined),
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

function targetOf(form: ReplayForm): ReplayStart['target'] | { readonly wrong: string } {
  const { target } = form;
  if (target === 'url') return csmsOf(form);
  if (target === 'listen') return listenOf(form);
  return { kind: 'peer', link: Number(target) };
}

function listenOf({ port: typed, anyStation, listener }: ReplayForm): ReturnType<typeof targetOf> {
  const port = Number(typed);
  if (!/^\d{1,5}$/.test(typed.trim()) || port > 65_535) return { wrong: 'The port is a number up to 65535.' };
  const [wrong] = Object.values(listenerErrors(listener));
  if (wrong !== undefined) return { wrong };
  const security = listenerOf(listener);
  return { kind: 'listen', port, anyStation, ...(security && { security }) };
}

function csmsOf({ url: typed, security: form }: ReplayForm): ReplayStart['target'] | { readonly wrong: string } {
  const url = typed.trim();
  if (!/^wss?:$/.test(URL.parse(url)?.protocol ?? '')) {
    return { wrong: 'The CSMS is a URL that starts with ws:// or wss://.' };
  }
  const security = clientOf(form);
  if (!security) return { kind: 'url', url };
  const misfit = profileMisfit(security.profile, url);
  if (misfit !== undefined) return { wrong: misfit };
  if (hasPassword(security.profile) && security.password === undefined) {
    return { wrong: `Security profile ${security.profile} needs a password.` };
  }
  return { kind: 'url', url, security };
}
