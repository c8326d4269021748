import type { EntryDetail } from '../../../session/timeline.ts';
import { useCommands } from '../../app/use-commands.ts';
import { prettyPayload, sendCommand } from './copy-as.ts';
import { useCopy } from './said.tsx';

/** The keys that copy the selected message. */
export function CopyKeys({ detail }: { detail: EntryDetail }): null {
  const copy = useCopy();
  const { text, row } = detail;
  useCommands([
    {
      id: 'copy.json',
      group: 'Messages',
      title: 'Copy the payload as JSON',
      keys: ['y'],
      enabled: () => text !== undefined && prettyPayload(text, row) !== undefined,
      run: () => copy('Payload', prettyPayload(text ?? '', row) ?? ''),
    },
    {
      id: 'copy.frame',
      group: 'Messages',
      title: 'Copy the wire frame',
      keys: ['Y'],
      enabled: () => text !== undefined,
      run: () => copy('Frame', text ?? ''),
    },
    {
      id: 'copy.command',
      group: 'Messages',
      title: 'Copy as a plugscope send command',
      enabled: () => sendCommand(detail) !== undefined,
      run: () => copy('Command', sendCommand(detail) ?? ''),
    },
  ]);
  return null;
}
