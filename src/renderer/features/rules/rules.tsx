import { Copy, RotateCcw, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import type { Rule } from '../../../workspace/rule.ts';
import { SEED_MAX } from '../../../workspace/rule.ts';
import type { RuleActionKind } from '../../../workspace/rule-action.ts';
import { undoCommands } from '../../app/undo-commands.ts';
import { useCommands } from '../../app/use-commands.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Menu, MenuGroup, MenuItem } from '../../components/menu.tsx';
import { saveBlob } from '../../components/save-blob.ts';
import { ToolBar } from '../../components/tool-bar.tsx';
import { UndoButtons, undoKeys } from '../../components/undo.tsx';
import { ACTION_NAMES } from './action-words.ts';
import { ImportRules } from './import-rules.tsx';
import { copyOf, newRule } from './new-rule.ts';
import { RuleForm } from './rule-form.tsx';
import { RuleJson } from './rule-json.tsx';
import { RuleList, type RuleListActions } from './rule-list.tsx';
import css from './rules.module.css';

/** The kinds of actions as they are offered for a new rule. */
const GROUPS: readonly (readonly [label: string, kinds: readonly RuleActionKind[]])[] = [
  ['Change it', ['set', 'remove', 'patch', 'corrupt']],
  ['Answer it', ['answer', 'error']],
  ['Its way', ['delay', 'drop', 'duplicate', 'reorder']],
  ['The connection', ['close', 'stall', 'subprotocols']],
];

/** The rules that change messages on their way: the list, and the one that is being edited. */
export function Rules(): ReactNode {
  const { rules: board, selection, facts } = useWorkbench();
  const role = useStore(facts, ({ bench }) => bench?.setup.role ?? 'proxy');
  const { known, settings, selected, refusal, canUndo, canRedo } = useStore(board.state);
  const [view, setView] = useState<'form' | 'json'>('form');
  const rules = settings?.rules ?? [];
  const seed = settings?.seed ?? 1;
  const rule = rules.find(({ id }) => id === selected);

  /** The rules as they are by now: leaving a field may have changed them since they were drawn. */
  const now = (): readonly Rule[] => board.state.getState().settings?.rules ?? [];
  const put = (next: readonly Rule[]): void => board.change({ seed, rules: [...next] });
  const add = (rule: Rule, after = now().length): void => {
    put(now().toSpliced(after, 0, rule));
    board.select(rule.id);
  };
  /** A new rule for messages like the selected one, which is waited for while it is loaded. */
  const addNew = async (kind: RuleActionKind): Promise<void> => {
    const like = await selection.meant();
    add(newRule(kind, now(), like));
  };
  const actions: RuleListActions = {
    select: board.select,
    toggle: (id) => put(now().map((one) => (one.id === id ? { ...one, enabled: !one.enabled } : one))),
    move(id, to) {
      const from = now().findIndex((one) => one.id === id);
      const moved = now()[from];
      if (moved) put(now().toSpliced(from, 1).toSpliced(to, 0, moved));
    },
    remove(id) {
      const before = now();
      const index = before.findIndex((one) => one.id === id);
      put(before.filter((one) => one.id !== id));
      if (id === selected) board.select((before[index + 1] ?? before[index - 1])?.id ?? null);
    },
    duplicate(id) {
      const index = now().findIndex((one) => one.id === id);
      const original = now()[index];
      if (original) add(copyOf(original, now()), index + 1);
    },
  };
  const change = (next: Rule): void => put(now().map((one) => (one.id === next.id ? next : one)));
  const save = async (): Promise<void> => {
    const text = await board.export();
    if (text !== null) saveBlob(document, 'rules.json', new Blob([text], { type: 'application/json' }));
  };
  const undoing = { canUndo, canRedo, undo: board.undo, redo: board.redo };
  useCommands([
    ...undoCommands('rules', 'Rules', 'rules', undoing),
    { id: 'rules.restart', group: 'Rules', title: 'Count hits of rules from zero', run: () => board.restart() },
    { id: 'rules.export', group: 'Rules', title: 'Save the rules as a file', run: save },
    ...GROUPS.flatMap(([, kinds]) => kinds).map((kind) => ({
      id: `rules.add.${kind}`,
      group: 'Rules' as const,
      title: `Add a rule: ${ACTION_NAMES[kind]}`,
      run: () => addNew(kind),
    })),
  ]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of whatever within it has the focus
    <div className={css.pane} onKeyDown={undoKeys(undoing)}>
      <ToolBar label="Rules" className={css.tools}>
        <Menu trigger={<Button look={rules.length === 0 ? 'primary' : 'plain'}>Add a rule…</Button>}>
          {GROUPS.map(([label, kinds]) => (
            <MenuGroup key={label} label={label}>
              {kinds.map((kind) => (
                <MenuItem key={kind} onClick={() => addNew(kind)}>
                  {ACTION_NAMES[kind]}
                </MenuItem>
              ))}
            </MenuGroup>
          ))}
        </Menu>
        <UndoButtons undoing={undoing} />
        <IconButton label="Count from zero, and start the chances anew" onClick={() => void board.restart()}>
          <RotateCcw size={14} aria-hidden />
        </IconButton>
        <SeedField seed={seed} onChange={(next) => board.change({ seed: next, rules: [...now()] }, 'seed')} />
        <span className={css.space} />
        <ImportRules onImport={board.import} />
        <Button disabled={rules.length === 0} onClick={() => void save()}>
          Export
        </Button>
      </ToolBar>
      {role !== 'proxy' && (
        <p className={css.note}>Rules work in the role of a proxy; in this role no message passes them.</p>
      )}
      {refusal !== null && (
        <p className={css.refusal} role="alert">
          {refusal} <Button onClick={board.dismissRefusal}>Dismiss</Button>
        </p>
      )}
      {rules.length === 0 ? (
        <div className={css.empty}>
          <h3>No rules yet</h3>
          <p>
            Rules change messages on their way through the proxy: set a value, delay, drop, answer in place, corrupt,
            close the connection. A new rule is off until you turn it on.
          </p>
        </div>
      ) : (
        <div className={css.parts}>
          <RuleList rules={rules} selected={selected} known={known} actions={actions} />
          {rule === undefined ? (
            <p className={css.nothing}>Choose a rule to edit it.</p>
          ) : (
            <section className={css.editor} aria-label={`Rule ${rule.name || rule.id}`}>
              <div className={css.editorHead}>
                <div className={css.views} role="tablist" aria-label="Edit as">
                  <Tab name="Form" chosen={view === 'form'} onChoose={() => setView('form')} />
                  <Tab name="JSON" chosen={view === 'json'} onChoose={() => setView('json')} />
                </div>
                <IconButton label="Duplicate the rule" onClick={() => actions.duplicate(rule.id)}>
                  <Copy size={14} aria-hidden />
                </IconButton>
                <IconButton label="Delete the rule" onClick={() => actions.remove(rule.id)}>
                  <Trash2 size={14} aria-hidden />
                </IconButton>
              </div>
              <div className={css.editorBody} role="tabpanel" aria-label={view === 'form' ? 'Form' : 'JSON'}>
                {view === 'form' ? (
                  <RuleForm key={rule.id} rule={rule} onChange={change} />
                ) : (
                  <RuleJson key={rule.id} rule={rule} onChange={change} />
                )}
              </div>
            </section>
          )}
        </div>
      )}
    </div>
  );
}

function Tab({ name, chosen, onChoose }: { name: string; chosen: boolean; onChoose: () => void }): ReactNode {
  return (
    <button type="button" role="tab" className={css.tab} aria-selected={chosen} onClick={onChoose}>
      {name}
    </button>
  );
}

function SeedField({ seed, onChange }: { seed: number; onChange: (seed: number) => void }): ReactNode {
  return (
    <label className={css.seed} title="Where chances come from: the same seed makes the same of the same messages">
      Seed
      <input
        className={css.input}
        type="number"
        min={0}
        max={SEED_MAX}
        step={1}
        value={seed}
        onChange={({ target }) => {
          if (target.value !== '' && target.validity.valid) onChange(target.valueAsNumber);
        }}
      />
    </label>
  );
}
