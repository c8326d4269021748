import { ArrowDown, ArrowUp, Palette, Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import { readFilter } from '../../../session/filter/check.ts';
import { type ColouringRule, KEPT_MAX, NAME_LENGTH_MAX, ROW_COLOURS } from '../../../session/notes.ts';
import { ExpressionInput } from '../../app/expression/expression-input.tsx';
import { undoCommands } from '../../app/undo-commands.ts';
import { useCommands } from '../../app/use-commands.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { Popover } from '../../components/popover.tsx';
import { Swatch } from '../../components/swatch.tsx';
import { UndoButtons, undoKeys } from '../../components/undo.tsx';
import css from './kept.module.css';
import { KeptFailure } from './kept-failure.tsx';
import { useKeptUndo } from './use-kept-undo.ts';

const COLOURS = ROW_COLOURS.map((value) => ({ value, label: value }));

/** The ordered list of rules that give rows a colour; it is kept in the session file. */
export function ColouringRules(): ReactNode {
  const { notes, feed } = useWorkbench();
  const rules = useStore(notes.state, (state) => state.colours);
  const [open, setOpen] = useState(false);
  const undoing = useKeptUndo('colours');
  useCommands([
    { id: 'filter.colours', group: 'Filter', title: 'Colouring rules', run: () => setOpen(true) },
    ...undoCommands('filter.colours', 'Filter', 'colouring rules', undoing),
  ]);
  const put = (next: readonly ColouringRule[]): void => void notes.putColours(next);
  const add = (): void => {
    const { filter } = feed.state.getState();
    const colour = ROW_COLOURS.find((name) => rules.every((rule) => rule.colour !== name)) ?? ROW_COLOURS[0];
    put([...rules, { name: `Rule ${rules.length + 1}`, filter, colour, on: true }]);
  };
  const move = (index: number, by: 1 | -1): void => {
    const moved = rules[index];
    if (moved) put(rules.toSpliced(index, 1).toSpliced(index + by, 0, moved));
  };

  return (
    <Popover
      title="Colouring rules"
      wide
      open={open}
      onOpenChange={setOpen}
      onKeyDown={undoKeys(undoing)}
      trigger={
        <IconButton label="Colouring rules">
          <Palette size={14} aria-hidden />
        </IconButton>
      }
    >
      <div className={`${css.kept} ${css.rules}`}>
        <KeptFailure />
        <p className={css.hint}>
          A row has the colour of the first rule whose filter it passes. Kept with this session.
        </p>
        <ol className={css.rows} aria-label="Colouring rules">
          {rules.map((rule, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule has no identity but its place
            <li key={index} className={css.row}>
              <RuleFields rule={rule} onChange={(next) => put(rules.with(index, next))} />
              <IconButton
                label={`Move ${visibleLine(rule.name)} up`}
                disabled={index === 0}
                onClick={() => move(index, -1)}
              >
                <ArrowUp size={14} aria-hidden />
              </IconButton>
              <IconButton
                label={`Move ${visibleLine(rule.name)} down`}
                disabled={index === rules.length - 1}
                onClick={() => move(index, 1)}
              >
                <ArrowDown size={14} aria-hidden />
              </IconButton>
              <IconButton label={`Delete ${visibleLine(rule.name)}`} onClick={() => put(rules.toSpliced(index, 1))}>
                <Trash2 size={14} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ol>
        <div className={css.line}>
          <Button onClick={add} disabled={rules.length >= KEPT_MAX}>
            <Plus size={14} aria-hidden />
            Add a rule
          </Button>
          <UndoButtons undoing={undoing} />
        </div>
      </div>
    </Popover>
  );
}

function RuleFields({ rule, onChange }: { rule: ColouringRule; onChange: (rule: ColouringRule) => void }): ReactNode {
  const problem = readFilter(rule.filter).problems.find(({ severity }) => severity === 'error');
  const name = visibleLine(rule.name);
  return (
    <>
      <input
        type="checkbox"
        aria-label={`${name} is on`}
        checked={rule.on}
        onChange={({ currentTarget }) => onChange({ ...rule, on: currentTarget.checked })}
      />
      <Choice
        label={`Colour of ${name}`}
        options={COLOURS}
        value={rule.colour}
        caption={<Swatch colour={rule.colour} />}
        onChange={(colour) => colour && onChange({ ...rule, colour })}
      />
      <Typed
        label="Name"
        value={rule.name}
        max={NAME_LENGTH_MAX}
        onValue={(value) => value.trim() !== '' && onChange({ ...rule, name: value.trim() })}
      />
      <span className={css.expression}>
        <RuleFilter
          label={`Filter of ${name}`}
          filter={rule.filter}
          onFilter={(filter) => onChange({ ...rule, filter })}
        />
        {problem && <span className={css.failure}>{visibleLine(problem.sentence)}</span>}
      </span>
    </>
  );
}

/** The filter of a rule; it counts once Enter is pressed or the field is left. */
function RuleFilter({
  label,
  filter,
  onFilter,
}: {
  label: string;
  filter: string;
  onFilter: (filter: string) => void;
}): ReactNode {
  const [typed, setTyped] = useState(filter);
  const [known, setKnown] = useState(filter);
  if (known !== filter) {
    setKnown(filter);
    setTyped(filter);
  }
  const done = (text: string): void => {
    if (text !== filter) onFilter(text);
  };
  return (
    <ExpressionInput
      label={label}
      text={typed}
      onText={setTyped}
      onPick={done}
      onEnter={() => done(typed)}
      onLeave={() => done(typed)}
    />
  );
}

/** A text that counts once Enter is pressed or the field is left. */
function Typed({
  label,
  value,
  max,
  onValue,
}: {
  label: string;
  value: string;
  max: number;
  onValue: (value: string) => void;
}): ReactNode {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setTyped(value);
  }
  const done = (): void => {
    if (typed !== value) onValue(typed);
  };
  return (
    <input
      className={css.field}
      aria-label={label}
      spellCheck={false}
      maxLength={max}
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={done}
      onKeyDown={({ key }) => key === 'Enter' && done()}
    />
  );
}
