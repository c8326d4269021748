import { contentOfBytes } from '../engine/capture/frame-bytes.ts';
import { openSession } from '../engine/capture/session-reader.ts';
import { REPLAY_MAX, recordedMessages } from '../engine/replay/recorded-messages.ts';
import { counted } from '../ocpp/words.ts';
import { failure, type Outcome, success } from '../session/outcome.ts';
import type { RecordedMessage } from '../session/replay/replay-plan.ts';
import { isSession, openFrames } from './frame-source.ts';

/** The messages of a file, and what a user should know of its reading. */
export interface RecordedFile {
  readonly messages: readonly RecordedMessage[];
  /** In sentences, what could not be read. */
  readonly notes: readonly string[];
}

/** Reads the messages of a session, or of a file that can be imported, as far as they are wanted. */
export async function readRecorded(
  path: string,
  isWanted: (message: Pick<RecordedMessage, 'station'>) => boolean,
): Promise<Outcome<RecordedFile>> {
  const session = await isSession(path);
  if (!session.ok) return session;
  return session.value ? fromSession(path, isWanted) : fromFrames(path, isWanted);
}

async function fromSession(
  path: string,
  isWanted: (message: Pick<RecordedMessage, 'station'>) => boolean,
): Promise<Outcome<RecordedFile>> {
  const reader = await openSession(path);
  if (!reader.ok) return reader;
  try {
    const messages = await recordedMessages(reader.value, () => true);
    if (!messages.ok) return messages;
    const notes = reader.value.incomplete ? [reader.value.incomplete.sentence] : [];
    return success({ messages: messages.value.filter(isWanted), notes });
  } finally {
    await reader.value.close();
  }
}

async function fromFrames(
  path: string,
  isWanted: (message: Pick<RecordedMessage, 'station'>) => boolean,
): Promise<Outcome<RecordedFile>> {
  const frames = await openFrames(path);
  if (!frames.ok) return frames;
  const messages: RecordedMessage[] = [];
  const links = new Map<string, number>();
  let unreadable = 0;
  for await (const { frame } of frames.value) {
    if (!frame.ok) {
      unreadable += 1;
      continue;
    }
    const { wall, station, version, direction, data, binary, link } = frame.value;
    if (!isWanted({ station })) continue;
    if (messages.length >= REPLAY_MAX)
      return failure('replay-too-long', 'The file has too many messages for a replay.');
    const name = link ?? station;
    const number = links.get(name) ?? links.size + 1;
    links.set(name, number);
    const content = contentOfBytes(data, binary);
    const text = content.kind === 'text' ? content.text : undefined;
    const entry = messages.length + 1;
    messages.push({ entry, wall, link: number, station, version, direction, origin: 'received', text, data });
  }
  return success({
    messages,
    notes: unreadable > 0 ? [`${path}: ${counted(unreadable, 'part')} could not be read.`] : [],
  });
}
