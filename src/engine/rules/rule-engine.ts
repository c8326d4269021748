import { isDeepStrictEqual } from 'node:util';
import type { RuleCount } from '../../bridge/methods/rules.ts';
import type { Rule, RuleSettings } from '../../workspace/rule.ts';
import type { RuleEngine } from '../intercept/verdict.ts';
import { draftOf } from './draft.ts';
import { ruleFault } from './rule-fault.ts';
import { type RuleRunner, runRule } from './rule-runner.ts';
import { upgradeSubject } from './upgrade-subject.ts';
import { createVerdict } from './verdict-draft.ts';

export interface RuleEngineOptions {
  /** The wall clock, in milliseconds since 1970 UTC. */
  now(): number;
  /** Called after a rule has matched, fired or not. */
  onCount?(): void;
}

/** A rule, and what carries it out. */
interface Working {
  readonly rule: Rule;
  readonly runner: RuleRunner;
}

/** Rules at work, which can be changed meanwhile. */
export interface RunningRules extends RuleEngine {
  /** Counts by the id of the rule. */
  counts(): Readonly<Record<string, RuleCount>>;
  /** Takes other rules. What a rule counted stays with it where it does the same as before. */
  replace(settings: RuleSettings): void;
  /** Forgets what was counted, and starts every rule's chances anew. */
  restart(): void;
}

/**
 * Rules as the proxy asks them. The same rules under the same seed make the same of the same frames in the same order.
 * A rule with a fault never fires.
 */
export function createRuleEngine(settings: RuleSettings, { now, onCount = () => {} }: RuleEngineOptions): RunningRules {
  let { seed } = settings;
  let working: readonly Working[] = [];
  /** Those that are on and have no fault. */
  let active: readonly Working[] = [];
  let idle = true;

  const use = (next: readonly Working[]): void => {
    working = next;
    active = next.filter(({ rule }) => rule.enabled && ruleFault(rule) === undefined);
    idle = !active.some(({ runner }) => runner.forFrames);
  };
  const fresh = (rule: Rule): Working => ({ rule, runner: runRule(rule, seed, now) });
  use(settings.rules.map(fresh));

  return {
    get idle() {
      return idle;
    },
    judge(frame) {
      if (idle) return undefined;
      const verdict = createVerdict(draftOf(frame));
      const before = total(active);
      for (const { rule, runner } of active) {
        const effect = runner.onFrame(verdict.draft());
        if (effect === undefined) continue;
        verdict.apply(rule, effect);
        if (effect.last) break;
      }
      if (total(active) !== before) onCount();
      return verdict.result();
    },
    subprotocols(offered, station) {
      const subject = upgradeSubject(station, now());
      const before = total(active);
      let passed = offered;
      for (const { runner } of active) passed = runner.onUpgrade(passed, subject) ?? passed;
      if (total(active) !== before) onCount();
      return passed;
    },
    ended() {
      // Rules remember nothing of a conversation: their counts and chances are of all that they match.
    },
    counts: () =>
      Object.fromEntries(
        working.map(({ rule, runner: { matches, hits } }): [string, RuleCount] => [rule.id, { matches, hits }]),
      ),
    replace(next) {
      const known = new Map(seed === next.seed ? working.map((one) => [one.rule.id, one]) : []);
      seed = next.seed;
      use(
        next.rules.map((rule) => {
          const before = known.get(rule.id);
          return before && doesTheSame(before.rule, rule) ? { rule, runner: before.runner } : fresh(rule);
        }),
      );
    },
    restart() {
      use(working.map(({ rule }) => fresh(rule)));
    },
  };
}

function total(working: readonly Working[]): number {
  return working.reduce((sum, { runner }) => sum + runner.matches, 0);
}

/** Whether two rules differ in nothing but their names and whether they are on. */
function doesTheSame(one: Rule, other: Rule): boolean {
  return isDeepStrictEqual({ ...one, name: '', enabled: true }, { ...other, name: '', enabled: true });
}
