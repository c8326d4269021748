import { useCommands } from '../../app/use-commands.ts';
import { useWorkbench } from '../../app/workbench.ts';

/** The keys that follow what messages have in common, whether the message pane is open or not. */
export function FollowKeys(): null {
  const { following, selection } = useWorkbench();
  const enabled = (): boolean => selection.state.getState().row !== null;
  useCommands([
    {
      id: 'follow.next',
      group: 'Messages',
      title: 'Next of the same transaction, EVSE or request',
      keys: [']'],
      enabled,
      run: () => following.step('forward'),
    },
    {
      id: 'follow.previous',
      group: 'Messages',
      title: 'Previous of the same transaction, EVSE or request',
      keys: ['['],
      enabled,
      run: () => following.step('backward'),
    },
    {
      id: 'follow.only',
      group: 'Messages',
      title: 'Show only the same transaction, EVSE or request',
      keys: ['F'],
      enabled,
      run: () => following.showOnly(),
    },
  ]);
  return null;
}
