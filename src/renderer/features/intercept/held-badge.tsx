import { type ReactNode, useEffect } from 'react';
import { useStore } from 'zustand';
import { count } from '../../app/format.ts';
import { useCommands } from '../../app/use-commands.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button } from '../../components/button.tsx';
import css from './held-badge.module.css';
import { messageForKeys, release, releaseAll } from './release.ts';

/**
 * How many messages are held, wherever one looks; its keys let them go. It is there while breakpoints are on, so that
 * nothing moves when the first message is held.
 */
export function HeldBadge(): ReactNode {
  const { interception, dock } = useWorkbench();
  const held = useStore(interception.state, (state) => state.known?.heldCount ?? 0);
  const armed = useStore(interception.state, ({ known }) => known?.settings.breakpoints.some(({ enabled }) => enabled));
  useEffect(() => dock.badge('intercept', held === 0 ? undefined : held > 999 ? '999+' : String(held)), [dock, held]);
  useCommands([
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
      title: 'Release all held messages',
      keys: ['A'],
      enabled: () => held > 0,
      run: () => void releaseAll(interception),
    },
  ]);
  if (held === 0 && !armed) return null;
  return (
    <Button
      className={`${css.badge} ${held > 0 ? css.some : ''}`}
      title={held > 0 ? 'Messages are held by breakpoints; show them' : 'Breakpoints are on; nothing is held'}
      onClick={() => dock.show('intercept')}
    >
      {`${count(held)} held`}
    </Button>
  );
}
