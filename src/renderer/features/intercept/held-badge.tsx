import { type ReactNode, useEffect } from 'react';
import { useStore } from 'zustand';
import { holdMessagesLike } from '../../app/breakpoint-from.ts';
import { useCommands } from '../../app/commands.ts';
import { count } from '../../app/format.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button } from '../../components/button.tsx';
import css from './held-badge.module.css';
import { messageForKeys, release } from './release.ts';

/** How many messages are held, wherever one looks; its keys let them go. */
export function HeldBadge(): ReactNode {
  const workbench = useWorkbench();
  const { interception, dock, selection } = workbench;
  const held = useStore(interception.state, (state) => state.known?.heldCount ?? 0);
  useEffect(() => dock.badge('intercept', held === 0 ? undefined : held > 999 ? '999+' : String(held)), [dock, held]);
  useCommands([
    {
      id: 'intercept.holdLike',
      group: 'Intercept',
      title: 'Hold messages like the selected one',
      keys: ['h'],
      enabled: () => selection.state.getState().row?.kind === 'frame',
      run: () => {
        const { row } = selection.state.getState();
        if (row) void holdMessagesLike(workbench, row);
      },
    },
    {
      id: 'intercept.release',
      group: 'Intercept',
      title: 'Release the held message, as it stands in the editor',
      keys: ['a'],
      enabled: () => messageForKeys(interception) !== undefined,
      run: () => {
        const message = messageForKeys(interception);
        if (message) void release(interception, message.id);
      },
    },
    {
      id: 'intercept.releaseAll',
      group: 'Intercept',
      title: 'Release all held messages, as they came',
      keys: ['A'],
      enabled: () => held > 0,
      run: () => interception.releaseAll(),
    },
  ]);
  if (held === 0) return null;
  return (
    <Button
      className={css.badge}
      title="Messages are held by breakpoints; show them"
      onClick={() => dock.show('intercept')}
    >
      {`${count(held)} held`}
    </Button>
  );
}
