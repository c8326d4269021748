import type { ClockOffset, ConnectionCard, Reconnection } from '../../../session/life/life.ts';
import { count, countOf, span } from '../../app/format.ts';

/** How far the clock of a station is off, in words, such as `2.40 s ahead, from 38 messages`. */
export function clockWords({ offset, samples }: Pick<ClockOffset, 'offset' | 'samples'>): string {
  const from = `from ${countOf(samples, 'message')}`;
  const by = `${span(Math.abs(offset))} ${offset > 0 ? 'ahead' : 'behind'}`;
  // Many stations leave out fractions of a second, and each message was on its way for a while.
  return Math.abs(offset) < 1000 ? `within a second of ours (${by}), ${from}` : `${by}, ${from}`;
}

/** Between which spans of time a wait should have been. */
export function expectedWords(expected: Reconnection['expected']): string {
  if (expected === null) return 'not known';
  const { least, most } = expected;
  return most > least ? `${span(least)} to ${span(most)}` : span(least);
}

/** The verdicts on a wait, in words. */
export const VERDICT_WORDS = {
  'as-asked': 'As asked',
  'too-early': 'Too early',
  'too-late': 'Too late',
  'not-known': 'Cannot be said',
} as const satisfies Record<Reconnection['verdict'], string>;

/** A value of RetryBackOff with its unit. */
export function backOffWords(value: number | null, unit: 's' | 'times'): string {
  if (value === null) return 'not known from this session';
  return unit === 's' ? `${count(value)} s` : countOf(value, 'time');
}

/**
 * How many bytes of messages each byte on the wire carried, by direction as Plugscope sees it; null where that says
 * nothing of compression: none was agreed, nobody counted, or nothing passed.
 */
export function compressionOf({ facts, traffic }: Pick<ConnectionCard, 'facts' | 'traffic'>): {
  readonly received: number | null;
  readonly sent: number | null;
} | null {
  const wire = facts.closing?.wire;
  if (!wire || !/permessage-deflate/i.test(facts.extensions ?? '')) return null;
  const fromPeer = facts.peer === 'station' ? 'to-csms' : 'to-station';
  const toPeer = facts.peer === 'station' ? 'to-station' : 'to-csms';
  const ratio = (messages: number, bytes: number): number | null =>
    messages > 0 && bytes > 0 ? messages / bytes : null;
  return { received: ratio(traffic.bytes[fromPeer], wire.received), sent: ratio(traffic.bytes[toPeer], wire.sent) };
}

/** The ratio of compression in words. */
export function compressionWords({ received, sent }: NonNullable<ReturnType<typeof compressionOf>>): string {
  const parts = [
    ...(received === null ? [] : [`${received.toFixed(1)} : 1 received`]),
    ...(sent === null ? [] : [`${sent.toFixed(1)} : 1 sent`]),
  ];
  return parts.length === 0 ? 'no message passed' : parts.join(', ');
}
