import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { EntryDetail } from '../../../session/timeline.ts';
import { count } from '../../app/format.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button } from '../../components/button.tsx';
import { Check } from '../../components/check.tsx';
import { Choice } from '../../components/choice.tsx';
import css from './detail.module.css';

/** The differ is loaded when it is first needed. */
const DiffView = lazy(() => import('../../app/diff/diff-view.tsx').then(({ DiffView }) => ({ default: DiffView })));

interface Side {
  readonly entry: number;
  readonly text: string | undefined;
}

/** Two messages that can be compared. */
interface Pair {
  readonly id: string;
  readonly label: string;
  readonly before: Side;
  readonly after: Side;
}

/** How the selected message differs from the one that was marked, from what it was edited from, or from the one before. */
export function Differences({ detail }: { detail: EntryDetail }): ReactNode {
  const { comparison } = useWorkbench();
  const base = useStore(comparison.state, (state) => state.base);
  const marked = useMarked(base);
  const [chosen, setChosen] = useState<string | null>(null);
  const [ids, setIds] = useState(false);
  const [times, setTimes] = useState(false);
  const pairs = pairsOf(detail, marked);
  const pair = pairs.find(({ id }) => id === chosen) ?? pairs[0];
  return (
    <div className={css.differences}>
      <div className={css.bar}>
        {pairs.length > 1 && pair ? (
          <Choice
            label="What is compared"
            options={pairs.map(({ id, label }) => ({ value: id, label }))}
            value={pair.id}
            onChange={setChosen}
          />
        ) : (
          <span>{pair?.label ?? 'Nothing to compare with yet'}</span>
        )}
        <span className={css.size} />
        {pair && (
          <>
            <Check label="Ignore ids" checked={ids} onChange={setIds} />
            <Check label="Ignore times" checked={times} onChange={setTimes} />
          </>
        )}
        {base !== null && (
          <Button look="quiet" onClick={() => comparison.mark(base)}>
            {`Unmark #${count(base)}`}
          </Button>
        )}
      </div>
      {pair ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reachable by keyboard
        <section className={css['differences-body']} tabIndex={0} aria-label="Differences">
          <Shown pair={pair} ids={ids} times={times} />
        </section>
      ) : (
        <p className={css.message}>
          {base === detail.row.entry ? (
            'This message is marked. Select another one to see how it differs.'
          ) : (
            <>
              Press <kbd>d</kbd> on a message to mark it, then on another one to see how it differs.
            </>
          )}
        </p>
      )}
    </div>
  );
}

function Shown({ pair: { before, after }, ids, times }: { pair: Pair; ids: boolean; times: boolean }): ReactNode {
  if (before.text === undefined || after.text === undefined) {
    return <p className={css.message}>One of them is no text, so they cannot be compared.</p>;
  }
  return (
    <Suspense>
      <DiffView
        before={{ title: `#${count(before.entry)}`, text: before.text }}
        after={{ title: `#${count(after.entry)}`, text: after.text }}
        ignore={{ ids, times }}
      />
    </Suspense>
  );
}

/** What can be compared with an entry, the most telling first. */
function pairsOf(detail: EntryDetail, marked: Side | null): readonly Pair[] {
  const { row, text, successors = [], originalFrame } = detail;
  const own = { entry: row.entry, text };
  const pairs: Pair[] = [];
  if (marked !== null && marked.entry !== row.entry) {
    const label = `#${count(marked.entry)}, marked, and #${count(row.entry)}`;
    pairs.push({ id: 'marked', label, before: marked, after: own });
  }
  if (originalFrame) {
    const before = { entry: originalFrame.row.entry, text: originalFrame.text };
    pairs.push({ id: 'original', label: 'What came in and what went on', before, after: own });
  }
  for (const [index, successor] of successors.entries()) {
    const after = { entry: successor.row.entry, text: successor.text };
    const which = successors.length > 1 ? ` (#${count(after.entry)})` : '';
    pairs.push({ id: `successor ${index}`, label: `What came in and what went on${which}`, before: own, after });
  }
  return pairs;
}

/** The marked message, once it is read. */
function useMarked(base: number | null): Side | null {
  const { api } = useWorkbench();
  const [marked, setMarked] = useState<Side | null>(null);
  useEffect(() => {
    if (base === null) return;
    let gone = false;
    api()
      ?.['entry.get'](base)
      .then(
        (detail) => gone || setMarked(detail && { entry: base, text: detail.text }),
        () => gone || setMarked(null),
      );
    return () => {
      gone = true;
    };
  }, [api, base]);
  return base === null || marked?.entry !== base ? null : marked;
}
