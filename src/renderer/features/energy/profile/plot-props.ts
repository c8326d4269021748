import type { OcppVersion } from '../../../../ocpp/version.ts';
import type { Electrics } from '../../../../session/energy/profile-draft/convert.ts';
import type { ScheduleDraft } from '../../../../session/energy/profile-draft/draft.ts';
import type { Edit } from '../../../../session/energy/profile-draft/edits.ts';
import type { DraftPicture } from '../../../../session/energy/profile-draft/picture.ts';
import type { Snap } from '../../../../session/energy/profile-draft/snap.ts';

/** What the drawing of a schedule is about, and whom it tells of edits. */
export interface PlotProps {
  readonly schedule: ScheduleDraft;
  readonly index: number;
  readonly version: OcppVersion;
  readonly picture: DraftPicture | null;
  readonly electrics: Electrics;
  /** When the schedule starts, and local time minus UTC then. */
  readonly anchor: number;
  readonly offset: number;
  /** Seconds from the start at the left edge, and how many are shown. */
  readonly left: number;
  readonly span: number;
  readonly now: number;
  readonly snap: Snap;
  readonly selected: number;
  readonly onSelect: (period: number) => void;
  /** While something is dragged; null when that was given up. */
  readonly onPreview: (edit: Edit | null) => void;
  readonly onEdit: (...edits: readonly Edit[]) => void;
}
