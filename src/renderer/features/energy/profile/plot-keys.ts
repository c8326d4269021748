import type { OcppVersion } from '../../../../ocpp/version.ts';
import { modeOf, type ScheduleDraft } from '../../../../session/energy/profile-draft/draft.ts';
import type { Edit } from '../../../../session/energy/profile-draft/edits.ts';
import { isWritable } from '../../../../session/energy/profile-draft/modes.ts';
import { type Snap, snapped } from '../../../../session/energy/profile-draft/snap.ts';
import { bounded, DRAWN, endOf } from './plot-target.ts';

interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Steps that Shift takes at once. */
const LARGE = 10;

/** What a key does in the drawing, and which period is chosen then; undefined for keys that do nothing there. */
export function keyEdits(
  key: Key,
  {
    schedule: draft,
    index: schedule,
    selected,
    snap,
    version,
  }: {
    readonly schedule: ScheduleDraft;
    readonly index: number;
    readonly selected: number;
    readonly snap: Snap;
    readonly version: OcppVersion;
  },
): { readonly edits: readonly Edit[]; readonly selected: number } | undefined {
  if (key.ctrlKey || key.metaKey || key.altKey) return undefined;
  const index = Math.min(selected, draft.periods.length - 1);
  const period = draft.periods[index];
  if (!period) return undefined;
  const times = key.shiftKey ? LARGE : 1;
  const level = (by: number) => {
    const name = DRAWN.find(
      (quantity) => period.values[quantity] !== undefined && isWritable(modeOf(period), quantity, version),
    );
    if (!name) return { edits: [], selected: index };
    const value = bounded(name, snapped((period.values[name] ?? 0) + by * times * snap.level, snap.level));
    return { edits: [{ kind: 'value', schedule, index, name, value } as const], selected: index };
  };
  const start = (by: number) => {
    const seconds = period.startPeriod + by * times * snap.seconds;
    return { edits: index === 0 ? [] : [{ kind: 'start', schedule, index, seconds } as const], selected: index };
  };
  switch (key.key) {
    case 'ArrowUp':
      return level(1);
    case 'ArrowDown':
      return level(-1);
    case 'ArrowLeft':
      return start(-1);
    case 'ArrowRight':
      return start(1);
    case 'PageUp':
      return { edits: [], selected: Math.max(0, index - 1) };
    case 'PageDown':
      return { edits: [], selected: Math.min(draft.periods.length - 1, index + 1) };
    case 'Insert':
    case 'n': {
      const end = endOf(draft, index, period.startPeriod + 2 * 3600);
      const middle = period.startPeriod + snapped((end - period.startPeriod) / 2, Math.min(snap.seconds, 60));
      return middle > period.startPeriod && middle < end
        ? { edits: [{ kind: 'add', schedule, seconds: middle }], selected: index + 1 }
        : { edits: [], selected: index };
    }
    case 'Delete':
    case 'Backspace':
      return { edits: [{ kind: 'remove', schedule, index }], selected: Math.max(0, index - 1) };
    default:
      return undefined;
  }
}
