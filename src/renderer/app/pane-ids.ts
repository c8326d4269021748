/** The panes that the dock below the timeline can show, in the order of the rail. */
export const PANE_IDS = [
  'intercept',
  'rules',
  'composer',
  'replay',
  'sequence',
  'energy',
  'connections',
  'certificates',
] as const;
export type PaneId = (typeof PANE_IDS)[number];

/** Whether this is the name of a pane. */
export function isPaneId(value: unknown): value is PaneId {
  return (PANE_IDS as readonly unknown[]).includes(value);
}
