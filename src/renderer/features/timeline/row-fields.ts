import type { FieldName } from '../../../session/filter/fields.ts';
import type { TimelineRow } from '../../../session/timeline.ts';

/** What a cell of a row says, as a filter asks for it. */
export interface RowField {
  readonly field: FieldName;
  readonly label: string;
  /** Null where a row has none. */
  value(row: TimelineRow): string | number | null;
}

/** The cells with a value that a filter can ask for, in their order. Times and latencies are hardly ever the same twice. */
export const ROW_FIELDS: readonly RowField[] = [
  { field: 'entry', label: 'Number', value: ({ entry }) => entry },
  { field: 'station', label: 'Station', value: ({ station }) => station },
  { field: 'direction', label: 'Direction', value: ({ kind, direction }) => (kind === 'frame' ? direction : null) },
  { field: 'type', label: 'Type', value: ({ type }) => type },
  { field: 'kind', label: 'Event', value: ({ kind }) => (kind === 'frame' ? null : kind) },
  { field: 'action', label: 'Action', value: ({ action }) => action },
  { field: 'summary', label: 'Summary', value: ({ summary }) => summary },
  { field: 'finding.severity', label: 'Worst finding', value: ({ severity }) => severity },
];
