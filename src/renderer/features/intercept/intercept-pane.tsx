import { type ReactNode, useRef } from 'react';
import { Group, Panel, useDefaultLayout } from 'react-resizable-panels';
import { useStore } from 'zustand';
import type { MessageEditorHandle } from '../../app/message-editor/message-editor.tsx';
import { visibleText } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button } from '../../components/button.tsx';
import { PaneSeparator } from '../../components/pane-separator.tsx';
import { Breakpoints } from './breakpoints.tsx';
import { Held } from './held.tsx';
import css from './intercept.module.css';
import { Queue, type QueueHandle } from './queue.tsx';

/** Breakpoints, the messages that they hold, and the one that is looked at. */
export function InterceptPane(): ReactNode {
  const { interception } = useWorkbench();
  const known = useStore(interception.state, (state) => state.known);
  const refusal = useStore(interception.state, (state) => state.refusal);
  const layout = useDefaultLayout({ id: 'intercept', panelIds: ['breakpoints', 'queue', 'held'] });
  const editor = useRef<MessageEditorHandle>(null);
  const queue = useRef<QueueHandle>(null);
  if (known === null) return null;
  return (
    <div className={css.pane}>
      {refusal !== null && (
        <p className={css.refusal} role="alert">
          <span>{visibleText(refusal)}</span>
          <Button look="quiet" onClick={interception.dismissRefusal}>
            Dismiss
          </Button>
        </p>
      )}
      <Group orientation="horizontal" {...layout}>
        <Panel id="breakpoints" defaultSize="27%" minSize={230}>
          <Breakpoints known={known} />
        </Panel>
        <PaneSeparator label="Size of the breakpoints" />
        <Panel id="queue" defaultSize="23%" minSize={200}>
          <Queue known={known} handle={queue} onOpen={() => editor.current?.focus()} />
        </Panel>
        <PaneSeparator label="Size of the queue" />
        <Panel id="held" minSize={320}>
          <Held editor={editor} onLeave={() => queue.current?.focus()} />
        </Panel>
      </Group>
    </div>
  );
}
