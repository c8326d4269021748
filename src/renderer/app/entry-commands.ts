import { failure, type Outcome, success } from '../../session/outcome.ts';
import type { EntryDetail, TimelineRow } from '../../session/timeline.ts';
import { holdMessagesLike } from './breakpoint-from.ts';
import type { Command } from './commands.ts';
import { canComposeFrom, composeFrom } from './compose-from.ts';
import { prettyPayload, sendCommand } from './copy-as.ts';
import { count } from './format.ts';
import type { Workbench } from './workbench.ts';

/** The parts of a menu of an entry, in their order. */
export const ENTRY_PARTS = ['Copy as', 'Go to', 'Compare', 'Use'] as const;
export type EntryPart = (typeof ENTRY_PARTS)[number];

/** Something that is done to one entry: the selected one by its key, or the one that a menu was opened for. */
export interface EntryCommand extends Pick<Command, 'id' | 'group' | 'title' | 'keys'> {
  readonly part: EntryPart;
  /** What it is called in a menu of the entry, under the heading of its part. */
  readonly words: string | ((row: TimelineRow) => string);
  /** A menu leaves it out where it does not suit, instead of offering what cannot be chosen. */
  readonly rare?: boolean;
  /** Whether it has a meaning for an entry. */
  suits(row: TimelineRow): boolean;
  run(row: TimelineRow): unknown;
  /** What its key does where that waits by itself for the entry that the key pressed before leads to. */
  queue?(): unknown;
}

/** Everything that can be done to an entry, whatever else is selected or shown by then. */
export function entryCommands(workbench: Workbench): readonly EntryCommand[] {
  return [...copyCommands(workbench), ...goToCommands(workbench), ...compareCommands(workbench), ...uses(workbench)];
}

const isFrame = ({ kind }: TimelineRow): boolean => kind === 'frame';
const isAnything = (): boolean => true;

/** What reads an entry reads it itself: what is shown of it may be of the one before. */
function copyCommands({ api, saying }: Workbench): readonly EntryCommand[] {
  const copying =
    (what: string, text: (detail: EntryDetail) => string | undefined, lacking: string) =>
    (row: TimelineRow): Promise<void> => {
      const read = async (): Promise<Outcome<string>> => {
        const detail = await api()
          ?.['entry.get'](row.entry)
          .catch(() => null);
        if (!detail) return failure('entry-unread', `Entry ${count(row.entry)} could not be read from the session.`);
        const found = text(detail);
        return found === undefined ? failure('nothing-to-copy', lacking) : success(found);
      };
      return saying.copy(what, read());
    };
  return [
    {
      id: 'copy.json',
      group: 'Messages',
      part: 'Copy as',
      title: 'Copy the payload as JSON',
      words: 'JSON: the payload, laid out',
      keys: ['y'],
      suits: ({ type }) => type !== null && type !== 'malformed',
      run: copying(
        'Payload',
        ({ text, row }) => (text === undefined ? undefined : prettyPayload(text, row)),
        'This message has no payload to copy.',
      ),
    },
    {
      id: 'copy.frame',
      group: 'Messages',
      part: 'Copy as',
      title: 'Copy the wire frame',
      words: 'Wire frame: exactly as it was',
      keys: ['Y'],
      suits: isFrame,
      run: copying('Frame', ({ text }) => text, 'This frame is no text; its bytes are under Raw bytes.'),
    },
    {
      id: 'copy.command',
      group: 'Messages',
      part: 'Copy as',
      title: 'Copy as a plugscope send command',
      words: 'plugscope send command',
      suits: ({ type, action }) => (type === 'CALL' || type === 'SEND') && action !== null,
      run: copying('Command', sendCommand, 'This message has no payload to send.'),
    },
  ];
}

function goToCommands({ selection, following, connections }: Workbench): readonly EntryCommand[] {
  return [
    {
      id: 'timeline.counterpart',
      group: 'Messages',
      part: 'Go to',
      title: 'The other side of the exchange: call or answer',
      words: 'The other side of the exchange',
      keys: ['c'],
      suits: ({ call, answer }) => (call ?? answer) !== null,
      run({ call, answer }) {
        const entry = call ?? answer;
        if (entry !== null) return selection.selectEntry(entry);
      },
    },
    {
      id: 'follow.next',
      group: 'Messages',
      part: 'Go to',
      title: 'Next of the same transaction, EVSE or request',
      words: 'Next of the same transaction, EVSE or request',
      keys: [']'],
      suits: isAnything,
      run: (row) => following.step('forward', row),
      queue: () => following.step('forward'),
    },
    {
      id: 'follow.previous',
      group: 'Messages',
      part: 'Go to',
      title: 'Previous of the same transaction, EVSE or request',
      words: 'Previous of the same',
      keys: ['['],
      suits: isAnything,
      run: (row) => following.step('backward', row),
      queue: () => following.step('backward'),
    },
    {
      id: 'follow.only',
      group: 'Messages',
      part: 'Go to',
      title: 'Show only the same transaction, EVSE or request',
      words: 'Show only the same',
      keys: ['F'],
      suits: isAnything,
      run: ({ entry }) => following.showOnly(entry),
    },
    {
      id: 'connections.why',
      group: 'Connections',
      part: 'Go to',
      title: 'The connection of the selected message: how it came about and what became of it',
      words: 'Its connection: how it came about',
      keys: ['w'],
      suits: isAnything,
      run: ({ link }) => connections.open(link),
    },
  ];
}

function compareCommands({ comparison, selection }: Workbench): readonly EntryCommand[] {
  const base = (): number | null => comparison.state.getState().base;
  const isOther = ({ entry }: TimelineRow): boolean => base() !== null && base() !== entry;
  return [
    {
      id: 'compare',
      group: 'Messages',
      part: 'Compare',
      title: 'Mark to compare, or compare with the marked message',
      words({ entry }) {
        const marked = base();
        if (marked === entry) return 'Compare with this no more';
        return marked === null ? 'Compare others with this' : `With #${count(marked)}`;
      },
      keys: ['d'],
      suits: isFrame,
      run(row) {
        selection.setDetailOpen(true);
        if (!isOther(row)) return comparison.mark(row.entry);
        comparison.show(row.entry);
        if (selection.state.getState().row?.entry !== row.entry) return selection.selectEntry(row.entry);
      },
    },
    {
      id: 'compare.mark',
      group: 'Messages',
      part: 'Compare',
      title: 'Mark to compare, in place of the message that is marked',
      words: 'Compare others with this',
      rare: true,
      suits: (row) => isFrame(row) && isOther(row),
      run: ({ entry }) => comparison.mark(entry),
    },
  ];
}

function uses(workbench: Workbench): readonly EntryCommand[] {
  const { notes } = workbench;
  return [
    {
      id: 'bookmark.mark',
      group: 'Messages',
      part: 'Use',
      title: 'Bookmark the message, with a comment',
      words: 'Bookmark it, with a comment',
      keys: ['m'],
      suits: isAnything,
      run({ entry }) {
        if (!notes.state.getState().marks.has(entry)) void notes.mark(entry, '');
        notes.comment(entry);
      },
    },
    {
      id: 'composer.from',
      group: 'Composer',
      part: 'Use',
      title: 'Compose from the selected message',
      words: 'Compose from this',
      keys: ['C'],
      suits: canComposeFrom,
      run: (row) => composeFrom(workbench, row),
    },
    {
      id: 'intercept.holdLike',
      group: 'Intercept',
      part: 'Use',
      title: 'Hold messages like the selected one',
      words: 'Hold messages like this',
      keys: ['h'],
      suits: isFrame,
      run: (row) => holdMessagesLike(workbench, row),
    },
  ];
}
