import type { ChargingProfile } from '../../../ocpp/schedule/profile.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';
import type { Finding } from '../../finding.ts';
import type { Electrics } from './convert.ts';
import type { ProfileDraft } from './draft.ts';
import type { Edit } from './edits.ts';
import type { DraftLimits } from './limits.ts';

/** A profile that the station has, without its schedules. Its source is the entry that brought it. */
export type InstalledSummary = Omit<ChargingProfile, 'schedules'>;

/** A transaction that goes on. */
export interface OngoingTransaction {
  readonly id: string;
  readonly evseId: number;
  readonly startedAt: number;
}

/** What is known of the station for which a profile is drawn. */
export interface DraftFacts {
  /** Up to when the messages tell: milliseconds since 1970 in UTC. */
  readonly at: number;
  readonly limits: DraftLimits;
  readonly installed: readonly InstalledSummary[];
  readonly ongoing: readonly OngoingTransaction[];
  readonly electrics: Electrics;
}

/** What a rule looks at. */
export interface RuleContext {
  readonly draft: ProfileDraft;
  readonly version: OcppVersion;
  readonly facts: DraftFacts;
}

/** What a rule says of a draft. */
export interface DraftFinding extends Omit<Finding, 'offset'> {
  /** The period that it is about. */
  readonly place?: { readonly schedule: number; readonly period?: number };
  /** The message that it rests on. */
  readonly entry?: number;
  /** What would put it right. */
  readonly remedy?: { readonly words: string; readonly edits: readonly Edit[] };
}

/** A rule of drafts. */
export type DraftRule = (context: RuleContext) => readonly DraftFinding[];
