import { createStore, type StoreApi } from 'zustand/vanilla';
import { OCPP_VERSIONS, type OcppVersion } from '../../ocpp/version.ts';
import type { DraftHistory } from '../../session/energy/profile-draft/history.ts';

/** What the profile editor is at; it outlives its tab. */
export interface DraftingState {
  /** Null until there is something to draw. */
  readonly history: DraftHistory | null;
  /** Whose version was taken; the user may have chosen another one since. */
  readonly station: string | null;
  /** Of the request that is written. */
  readonly version: OcppVersion;
  /** Of up to three. */
  readonly schedule: number;
  /** The period that is chosen. */
  readonly period: number;
  /** Minutes that times are rounded to while they are drawn. */
  readonly minutes: number;
  /** Seconds that the drawing shows; null where all of the schedule. */
  readonly span: number | null;
  /** Seconds from the start at the left edge; null where it follows from the schedule. */
  readonly from: number | null;
  /** Values of each phase have columns. */
  readonly perPhase: boolean;
  /** Names what was sent last among the runs of the composer. */
  readonly ticket: string | null;
}

/** The state of the profile editor of one window. */
export type Drafting = StoreApi<DraftingState>;

/** An editor with nothing in it. */
export function createDrafting(): Drafting {
  return createStore<DraftingState>(() => ({
    history: null,
    station: null,
    version: OCPP_VERSIONS[OCPP_VERSIONS.length - 1] ?? '2.1',
    schedule: 0,
    period: 0,
    minutes: 5,
    span: null,
    from: null,
    perPhase: false,
    ticket: null,
  }));
}
