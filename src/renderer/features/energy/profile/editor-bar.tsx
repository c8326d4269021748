import { ChevronLeft, ChevronRight, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RateUnit } from '../../../../ocpp/schedule/profile.ts';
import { OCPP_VERSIONS } from '../../../../ocpp/version.ts';
import type { DraftFacts } from '../../../../session/energy/profile-draft/facts.ts';
import { LEVEL_STEP, SNAP_MINUTES } from '../../../../session/energy/profile-draft/snap.ts';
import { Button, IconButton } from '../../../components/button.tsx';
import { Choice } from '../../../components/choice.tsx';
import { ToolBar } from '../../../components/tool-bar.tsx';
import { UndoButtons } from '../../../components/undo.tsx';
import { levelText } from './plot-words.ts';
import css from './profile-editor.module.css';
import type { DraftingActions } from './use-drafting.ts';

const VERSIONS = OCPP_VERSIONS.map((version) => ({ value: version, label: `OCPP ${version}` }));
const UNITS = [
  { value: 'A', label: 'Amperes' },
  { value: 'W', label: 'Watts' },
] as const;
const SNAPS = SNAP_MINUTES.map((minutes) => ({ value: String(minutes), label: `${minutes} min` }));
const SPANS = [
  { value: '', label: 'All of it' },
  { value: '3600', label: '1 hour' },
  { value: '14400', label: '4 hours' },
  { value: '86400', label: '24 hours' },
  { value: '604800', label: '7 days' },
] as const;

/** Tools over the drawing. */
export function EditorBar({
  drafting,
  facts,
  onAdd,
  onPan,
  children,
}: {
  drafting: DraftingActions;
  facts: DraftFacts | null;
  onAdd: () => void;
  /** To earlier or later times. */
  onPan: (by: 1 | -1) => void;
  children: ReactNode;
}): ReactNode {
  const { state, set, edit } = drafting;
  const { history, schedule, minutes, span, version, perPhase } = state;
  const draft = history?.present;
  const shown = draft?.schedules[schedule];
  return (
    <ToolBar label="Profile editor" className={css.bar}>
      {children}
      <Choice label="Version" options={VERSIONS} value={version} onChange={(next) => next && set({ version: next })} />
      {shown && (
        <>
          <Choice<RateUnit>
            label="Unit of the schedule; its numbers are converted"
            options={UNITS}
            value={shown.unit}
            onChange={(to) => to && facts && edit({ kind: 'unit', schedule, to, electrics: facts.electrics })}
          />
          <Choice
            label="Times are rounded to"
            caption={`Snap ${minutes} min, ${levelText(LEVEL_STEP[shown.unit], shown.unit)}`}
            options={SNAPS}
            value={String(minutes)}
            onChange={(next) => set({ minutes: Number(next) })}
          />
          <Choice
            label="Shown"
            options={SPANS}
            value={span === null ? '' : (String(span) as (typeof SPANS)[number]['value'])}
            onChange={(next) => set({ span: next === '' || next === null ? null : Number(next), from: null })}
          />
          <IconButton label="Earlier" onClick={() => onPan(-1)}>
            <ChevronLeft size={14} aria-hidden />
          </IconButton>
          <IconButton label="Later" onClick={() => onPan(1)}>
            <ChevronRight size={14} aria-hidden />
          </IconButton>
        </>
      )}
      {draft && draft.schedules.length > 1 && (
        <Choice
          label="Schedule"
          options={draft.schedules.map((_, index) => ({
            value: String(index),
            label: `Schedule ${index + 1} of ${draft.schedules.length}`,
          }))}
          value={String(schedule)}
          onChange={(next) => set({ schedule: Number(next), period: 0 })}
        />
      )}
      <UndoButtons undoing={drafting} />
      <Button onClick={onAdd} title="Begin a period in the middle of the one that is chosen (Insert in the drawing)">
        <Plus size={14} aria-hidden />
        Period
      </Button>
      {version === '2.1' && (
        <Button aria-pressed={perPhase} title="Columns for L2 and L3" onClick={() => set({ perPhase: !perPhase })}>
          Per phase
        </Button>
      )}
    </ToolBar>
  );
}
