import { z } from 'zod';
import type { Outcome } from '../../session/outcome.ts';
import { type RuleSettings, ruleSettingsSchema } from '../../workspace/rule.ts';
import { method } from '../method.ts';

/** How often a rule matched a message since it was last changed, and how often it then fired. */
export interface RuleCount {
  readonly matches: number;
  readonly hits: number;
}

/** Rules as they are now. */
export interface RulesState {
  readonly settings: RuleSettings;
  /** By the id of the rule. */
  readonly counts: Readonly<Record<string, RuleCount>>;
  /** Rules that cannot be used, with the reason in a sentence. */
  readonly faults: Readonly<Record<string, string>>;
}

/** Rules that change messages on their way through the proxy. */
export const RULES_METHODS = {
  'rules.get': method<RulesState>()(z.tuple([])),
  /** Takes these rules from the next message on, and saves them with the workspace. */
  'rules.put': method<Outcome<RulesState>>()(z.tuple([ruleSettingsSchema])),
  /** Takes rules out of the text of a file, in the place of those that are there or behind them. */
  'rules.import': method<Outcome<RulesState>>()(
    z.tuple([z.string().max(16 * 1024 * 1024), z.enum(['replace', 'append'])]),
  ),
  /** The text of a file of the rules. */
  'rules.export': method<string>()(z.tuple([])),
  /** Sets all counts to zero, and starts the chances of every rule anew under the seed. */
  'rules.restart': method<RulesState>()(z.tuple([])),
} as const;

export interface RulesEvents {
  /** At most every 100 ms. */
  rulesChanged(state: RulesState): void;
}
