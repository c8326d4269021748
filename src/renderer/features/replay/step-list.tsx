import { Ban, Check, CircleDashed, CornerDownRight, Equal, Loader, PencilLine, TriangleAlert, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import type { ReplayState, ReplayStepRow } from '../../../bridge/methods/replay.ts';
import { count, span, timeOfDay } from '../../app/format.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { VirtualList, type VirtualListHandle } from '../../components/virtual-list.tsx';
import css from './replay.module.css';
import { useSteps } from './use-replay.ts';

const ROW_HEIGHT = 26;

/** Every step of a replay, with what came of it. */
export function StepList({
  state,
  selected,
  onSelect,
}: {
  state: ReplayState;
  selected: number | null;
  onSelect: (index: number) => void;
}): ReactNode {
  const { row, need } = useSteps(state);
  const list = useRef<VirtualListHandle>(null);
  const { steps } = state.summary;
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(steps - 1, (selected ?? -1) + move));
    onSelect(next);
    list.current?.reveal(next, false);
  };
  return (
    <div className={css.list}>
      <VirtualList
        handle={list}
        count={steps}
        rowHeight={ROW_HEIGHT}
        onRange={need}
        keep={selected}
        scroller={{
          role: 'listbox',
          'aria-label': 'Steps of the replay',
          'aria-activedescendant': selected === null ? undefined : idOf(selected),
          onKeyDown,
        }}
        row={(index) => (
          <Step key={index} index={index} step={row(index)} selected={selected === index} onSelect={onSelect} />
        )}
      />
    </div>
  );
}

function Step({
  index,
  step,
  selected,
  onSelect,
}: {
  index: number;
  step: ReplayStepRow | undefined;
  selected: boolean;
  onSelect: (index: number) => void;
}): ReactNode {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself has the keys
    <div
      id={idOf(index)}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      className={css.step}
      onClick={() => onSelect(index)}
    >
      {step && (
        <>
          <span className={css.entry}>{count(step.entry)}</span>
          <span className={css.time}>{timeOfDay(step.wall)}</span>
          <span className={css.station}>{visibleLine(step.station, 40)}</span>
          <span className={css.what}>
            {step.kind === 'expect' && <CornerDownRight size={12} aria-label="Expected of the peer" />}
            {whatOf(step)}
            {step.edited && <PencilLine size={12} aria-label="Edited" className={css.edited} />}
          </span>
          <VerdictOf step={step} />
          <span className={css.latency}>{step.latency === null ? '' : span(step.latency)}</span>
        </>
      )}
    </div>
  );
}

function whatOf({ kind, action }: ReplayStepRow): string {
  if (kind === 'raw') return 'Bytes that are no message';
  if (kind === 'reconnect') return 'Connects anew';
  return visibleLine(action ?? '', 60);
}

const VERDICTS = {
  same: { Icon: Equal, words: 'Same answer', look: css.good },
  different: { Icon: X, words: 'Different', look: css.bad },
  unanswered: { Icon: Ban, words: 'No answer', look: css.bad },
  'not-recorded': { Icon: CircleDashed, words: 'No answer recorded', look: css.quiet },
  sent: { Icon: Check, words: 'Sent', look: css.quiet },
  came: { Icon: Check, words: 'Came', look: css.quiet },
  'did-not-come': { Icon: TriangleAlert, words: 'Did not come', look: css.warning },
  failed: { Icon: X, words: 'Not sent', look: css.bad },
} as const;

/** What came of a step, as a mark and in words. */
export function VerdictOf({ step }: { step: ReplayStepRow }): ReactNode {
  if (step.state === 'running') {
    return (
      <span className={css.verdict}>
        <Loader size={12} aria-hidden /> Waits for the answer
      </span>
    );
  }
  if (step.verdict === null) return <span className={css.verdict} />;
  const { Icon, words, look } = VERDICTS[step.verdict.kind];
  const { sentence } = step.verdict;
  return (
    <span className={`${css.verdict} ${look}`} title={sentence && visibleLine(sentence, 400)}>
      <Icon size={12} aria-hidden />
      {words}
      {sentence && <span className={css.sentence}>{visibleLine(sentence, 300)}</span>}
    </span>
  );
}

function idOf(index: number): string {
  return `replay-step-${index}`;
}
