import type { ConnectionCard } from '../../session/life/life.ts';
import { type LiveAnswer, useLiveAnswer } from './use-live-answer.ts';

/** Everything known of a connection, kept up to date while it is open; null where the session has no such one. */
export function useConnectionCard(link: number | null): LiveAnswer<ConnectionCard | null> {
  return useLiveAnswer(
    link === null ? null : `connection ${link}`,
    async (engine) => (link === null ? null : engine['connections.card'](link)),
    // One that the index does not know yet may come at any moment.
    (card) => card === null || card.row.state === 'open' || card.row.state === 'connecting',
  );
}
