import type { Handlers } from '../../../bridge/contract.ts';
import type { RULES_METHODS } from '../../../bridge/methods/rules.ts';
import type { RuleBook } from '../../rules/rule-book.ts';

/** Rules, as faces ask for them. */
export function ruleHandlers({ rules }: { readonly rules: RuleBook }): Pick<Handlers, keyof typeof RULES_METHODS> {
  return {
    'rules.get': () => rules.state(),
    'rules.put': (settings) => rules.put(settings),
    'rules.import': (text, how) => rules.import(text, how),
    'rules.export': () => rules.export(),
    'rules.restart': () => rules.restart(),
  };
}
