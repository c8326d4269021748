import { failure, type Outcome, success } from '../../session/outcome.ts';
import type { RecordedMessage } from '../../session/replay/replay-plan.ts';
import type { SessionReader } from '../capture/session-reader.ts';

/** Messages that one replay may have: they are held in memory. */
export const REPLAY_MAX = 100_000;

/** What is needed of a session to take a replay from it. */
export type ReplaySource = Pick<SessionReader, 'all'>;

/** Frames of a session, with both sides of each exchange of which one side is wanted. */
export async function recordedMessages(
  source: ReplaySource,
  isWanted: (entry: number) => boolean,
): Promise<Outcome<readonly RecordedMessage[]>> {
  const messages: RecordedMessage[] = [];
  for await (const { row, data, text } of source.all()) {
    if (row.kind !== 'frame') continue;
    const { entry, wall, link, station, version, direction, origin, call, answer } = row;
    const wanted = isWanted(entry) || (call !== null && isWanted(call)) || (answer !== null && isWanted(answer));
    if (!wanted) continue;
    messages.push({ entry, wall, link, station, version, direction, origin, text, data });
    if (messages.length > REPLAY_MAX) {
      const most = REPLAY_MAX.toLocaleString('en-US');
      return failure('replay-too-long', `At most ${most} messages can be replayed at once; filter for fewer.`);
    }
  }
  return success(messages);
}
