import { type ReactNode, useState } from 'react';
import { type Rule, type RuleLimits, ruleSchema } from '../../../workspace/rule.ts';
import type { RuleActionKind } from '../../../workspace/rule-action.ts';
import { faultsOfRule } from '../../../workspace/rules-file.ts';
import { Choice } from '../../components/choice.tsx';
import { ActionFields } from './action-fields.tsx';
import { ACTION_NAMES, ACTION_SENTENCES } from './action-words.ts';
import { NumberField, TextField } from './fields.tsx';
import { FilterField } from './filter-field.tsx';
import { firstAction } from './new-rule.ts';
import css from './rules.module.css';

const KINDS = (Object.keys(ACTION_NAMES) as RuleActionKind[]).map((value) => ({ value, label: ACTION_NAMES[value] }));
const DIRECTIONS = [
  { value: 'both', label: 'Both directions' },
  { value: 'to-csms', label: '→ to the CSMS' },
  { value: 'to-station', label: '← to the station' },
] as const;

/**
 * The fields of one rule. What is typed counts once its field is left, or with Enter: a filter that is half written could
 * match every message. What cannot be used is kept to be corrected, and the rule stays as it was.
 */
export function RuleForm({ rule, onChange }: { rule: Rule; onChange: (rule: Rule) => void }): ReactNode {
  const [draft, setDraft] = useState(rule);
  const [shown, setShown] = useState(rule);
  // Changed from elsewhere: by an undo, the JSON beside it, or another window.
  if (rule !== shown) {
    setShown(rule);
    if (JSON.stringify(rule) !== JSON.stringify(shown)) setDraft(rule);
  }
  const errors = Object.fromEntries(faultsOfRule(draft).map(({ path, sentence }) => [path, sentence]));
  const inAction = Object.fromEntries(
    Object.entries(errors).map(([path, sentence]) => [path.replace(/^action\.?/, ''), sentence]),
  );
  const apply = (next: Rule): void => {
    const parsed = ruleSchema.safeParse(next);
    if (!parsed.success || JSON.stringify(parsed.data) === JSON.stringify(rule)) return;
    setShown(parsed.data);
    onChange(parsed.data);
  };
  const type = (part: Partial<Rule>): void => setDraft({ ...draft, ...part });
  const choose = (part: Partial<Rule>): void => {
    type(part);
    apply({ ...draft, ...part });
  };
  const limit = (part: Partial<RuleLimits>): void => {
    const limits = Object.entries({ ...draft.limits, ...part }).filter(([, value]) => value !== undefined);
    type({ limits: Object.fromEntries(limits) });
  };
  const { action, limits } = draft;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what leaves any of its fields
    <div
      className={css.form}
      onBlur={() => apply(draft)}
      onKeyDown={({ key, target }) => {
        if (key === 'Enter' && target instanceof HTMLInputElement) apply(draft);
      }}
    >
      <TextField label="Name" value={draft.name} error={errors.name} onChange={(name) => type({ name })} />
      <div className={css.field}>
        <span>Direction</span>
        <Choice
          label="Direction"
          options={DIRECTIONS}
          value={draft.direction}
          onChange={(direction) => direction && choose({ direction })}
        />
      </div>
      <FilterField
        label="Messages that match"
        value={draft.filter}
        placeholder={'every message; or: action == "BootNotification" and type == call'}
        onChange={(filter) => type({ filter })}
      />
      <div className={`${css.field} ${css.wide}`}>
        <span>What is done</span>
        <div className={css.kind}>
          <Choice
            label="What is done"
            options={KINDS}
            value={action.kind}
            onChange={(kind) => kind && kind !== action.kind && choose({ action: firstAction(kind) })}
          />
          <p className={css.hint}>{ACTION_SENTENCES[action.kind]}</p>
        </div>
      </div>
      <ActionFields
        action={action}
        errors={inAction}
        onChange={(next, chosen) => (chosen ? choose : type)({ action: next })}
      />
      <fieldset className={css.limits}>
        <legend className="visually-hidden">How often it fires</legend>
        <NumberField
          label="Only every"
          optional
          unit="th"
          placeholder="1"
          value={limits.every}
          error={errors['limits.every']}
          onChange={(every) => limit({ every })}
        />
        <NumberField
          label={action.kind === 'drop' ? 'Share that is dropped' : 'Only a share of'}
          optional
          unit="%"
          placeholder="100"
          value={limits.percent}
          error={errors['limits.percent']}
          onChange={(percent) => limit({ percent })}
        />
        <NumberField
          label="At most"
          optional
          unit="times"
          placeholder="any"
          value={limits.atMost}
          error={errors['limits.atMost']}
          onChange={(atMost) => limit({ atMost })}
        />
      </fieldset>
    </div>
  );
}
