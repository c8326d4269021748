import type { Direction } from '../../ocpp/direction.ts';
import type { FilterSubject } from '../../session/filter/subject.ts';
import type { Rule } from '../../workspace/rule.ts';
import { prepared } from './actions.ts';
import { createChances } from './chances.ts';
import { compileFilter } from './compile-filter.ts';
import type { Draft } from './draft.ts';
import type { Effect } from './effect.ts';

/** A rule at work, with what it remembers. */
export interface RuleRunner {
  /** How many messages it matched, and how often it then fired. */
  readonly matches: number;
  readonly hits: number;
  /** Whether it has to do with frames, and not with upgrades. */
  readonly forFrames: boolean;
  /** What it does to a frame; undefined where it does not fire. */
  onFrame(draft: Draft): Effect | undefined;
  /** What it makes of an offer of subprotocols; undefined where it does not fire. */
  onUpgrade(offered: readonly string[], station: FilterSubject): readonly string[] | undefined;
}

/** A rule that has seen nothing yet. */
export function runRule(rule: Rule, seed: number, now: () => number): RuleRunner {
  const { limits, direction } = rule;
  const passes = compileFilter(rule.filter);
  const action = prepared(rule.action);
  const chances = createChances(seed, rule.id);
  let matches = 0;
  let hits = 0;

  /** Whether it is to fire for a message that is on its way in a direction. */
  const isCalled = (way: Direction, subject: FilterSubject): boolean => {
    if ((direction !== 'both' && direction !== way) || !passes(subject)) return false;
    matches += 1;
    if (limits.atMost !== undefined && hits >= limits.atMost) return false;
    if (limits.every !== undefined && matches % limits.every !== 0) return false;
    return limits.percent === undefined || chances.percent(limits.percent);
  };

  return {
    get matches() {
      return matches;
    },
    get hits() {
      return hits;
    },
    forFrames: action.onFrame !== undefined,
    onFrame(draft) {
      if (action.onFrame === undefined || !isCalled(draft.frame.direction, draft.subject)) return undefined;
      const effect = action.onFrame(draft, { chances, nth: hits, now });
      if (effect !== undefined) hits += 1;
      return effect;
    },
    onUpgrade(offered, station) {
      if (action.onUpgrade === undefined || !isCalled('to-csms', station)) return undefined;
      hits += 1;
      return action.onUpgrade(offered);
    },
  };
}
