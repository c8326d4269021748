import { SEVERITIES } from '../../finding.ts';
import type { DraftFinding, RuleContext } from './facts.ts';
import { LIMIT_RULES } from './rules-limits.ts';
import { PROFILE_RULES } from './rules-profile.ts';
import { SCHEDULE_RULES } from './rules-schedule.ts';

/** What is to be said of a draft before it is sent, the worst first. The schema says more of its payload. */
export function draftFindings(context: RuleContext): readonly DraftFinding[] {
  return [...PROFILE_RULES, ...SCHEDULE_RULES, ...LIMIT_RULES]
    .flatMap((rule) => rule(context))
    .sort((a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity));
}
