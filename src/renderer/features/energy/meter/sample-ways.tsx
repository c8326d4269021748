import { SlidersHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useWorkbench } from '../../../app/workbench.ts';
import { Button } from '../../../components/button.tsx';
import { NOTHING_SWITCHED } from '../../../components/chart/time-chart.tsx';
import { Check } from '../../../components/check.tsx';
import { Popover } from '../../../components/popover.tsx';
import { MEMORY } from './memory.ts';
import css from './meter-list.module.css';
import type { MeterPart } from './meter-parts.ts';

/** Which samples are drawn, and how many become few. */
export function SampleWays({
  contexts,
  parts,
}: {
  contexts: readonly string[];
  parts: readonly MeterPart[];
}): ReactNode {
  const { energy } = useWorkbench();
  const { switched } = useStore(energy.state);
  const excluded = switched[MEMORY.contexts] ?? NOTHING_SWITCHED;
  const ways = switched[MEMORY.ways] ?? NOTHING_SWITCHED;
  const left = contexts.filter((name) => excluded[name] !== false).length;
  return (
    <Popover
      title="Samples"
      trigger={
        <Button look="quiet">
          <SlidersHorizontal size={14} aria-hidden />
          {left === contexts.length ? 'Samples' : `Samples (${left} of ${contexts.length})`}
        </Button>
      }
    >
      <fieldset className={css.choices}>
        <legend>Reading contexts</legend>
        {contexts.map((name) => (
          <Check
            key={name}
            label={name}
            checked={excluded[name] !== false}
            onChange={(on) => energy.switchSeries(MEMORY.contexts, name, on)}
          />
        ))}
      </fieldset>
      <fieldset className={css.choices}>
        <legend>Where there are more samples than pixels</legend>
        <Check
          label="Only the line that looks most alike, without the range around it"
          checked={ways.line ?? false}
          onChange={(on) => energy.switchSeries(MEMORY.ways, 'line', on)}
        />
      </fieldset>
      {parts.length > 1 && (
        <fieldset className={css.choices}>
          <legend>Compared transactions</legend>
          <Check
            label="Begin where the first one begins"
            checked={ways.aligned ?? true}
            onChange={(on) => energy.switchSeries(MEMORY.ways, 'aligned', on)}
          />
        </fieldset>
      )}
    </Popover>
  );
}
