import { payloadIn } from '../filter/payload.ts';
import type { EntryDetail } from '../timeline.ts';
import { type FollowKey, keysOf } from './keys.ts';

/** What the exchange of an entry has in common with others; nothing for what is no message of a known version. */
export function keysOfEntry({ row, text, counterpart }: EntryDetail): readonly FollowKey[] {
  const { station, version, action } = row;
  if (version === null || action === null) return [];
  const own = payloadIn(row.type, text);
  const other = counterpart && payloadIn(counterpart.row.type, counterpart.text);
  const asks = row.type === 'CALL' || row.type === 'SEND';
  const [request, response] = asks ? [own, other] : [other, own];
  return keysOf({ station, version, action, request, response });
}
