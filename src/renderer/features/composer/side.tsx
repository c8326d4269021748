import { Tabs } from '@base-ui/react/tabs';
import { type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import type { Snippet } from '../../../workspace/snippet.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { History, Snippets } from './kept.tsx';
import { Runs } from './runs.tsx';
import css from './side.module.css';
import { useKept } from './use-kept.ts';

/** Beside what is composed: answers, what was sent before, and what is kept. */
export function Side({
  draft,
  onLoad,
}: {
  draft: Omit<Snippet, 'id' | 'name'>;
  onLoad: (kept: Pick<Snippet, 'kind' | 'version' | 'action' | 'text'>) => void;
}): ReactNode {
  const { composing } = useWorkbench();
  const kept = useKept();
  const [tab, setTab] = useState('answers');
  // What was just sent is looked at.
  const latest = useStore(composing, ({ runs }) => runs[0]?.ticket);
  const [seen, setSeen] = useState(latest);
  if (latest !== seen) {
    setSeen(latest);
    setTab('answers');
  }
  return (
    <Tabs.Root className={css.side} value={tab} onValueChange={(next: string) => setTab(next)}>
      <Tabs.List className={css.tablist} activateOnFocus aria-label="Answers and kept messages">
        <Tabs.Tab className={css.tab} value="answers">
          Answers
        </Tabs.Tab>
        <Tabs.Tab className={css.tab} value="history">
          History
        </Tabs.Tab>
        <Tabs.Tab className={css.tab} value="snippets">
          Snippets
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel className={css['side-body']} value="answers">
        <Runs />
      </Tabs.Panel>
      <Tabs.Panel className={css['side-body']} value="history">
        <History history={kept.history} onLoad={onLoad} />
      </Tabs.Panel>
      <Tabs.Panel className={css['side-body']} value="snippets">
        <Snippets snippets={kept.snippets} draft={draft} onLoad={onLoad} />
      </Tabs.Panel>
    </Tabs.Root>
  );
}
