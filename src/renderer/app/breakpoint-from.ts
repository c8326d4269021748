import type { FilterNode } from '../../session/filter/ast.ts';
import { withCondition } from '../../session/filter/edit.ts';
import { filterText } from '../../session/filter/print.ts';
import type { TimelineRow } from '../../session/timeline.ts';
import type { Breakpoint } from '../../workspace/breakpoint.ts';
import { newId } from './new-id.ts';
import type { Workbench } from './workbench.ts';

/** A breakpoint that holds messages like this one: of its action and its type, going its way. */
export function breakpointFrom(row: Pick<TimelineRow, 'type' | 'action' | 'direction'>, id: string): Breakpoint {
  const node = (['action', 'type'] as const).reduce<FilterNode | undefined>((filter, name) => {
    const value = row[name];
    return value === null ? filter : withCondition(filter, { kind: 'row', name }, value, 'and');
  }, undefined);
  return { id, enabled: true, filter: node ? filterText(node) : '', direction: row.direction, forEver: false };
}

/** Holds messages like this one from now on, and shows the pane in which they wait. */
export async function holdMessagesLike(
  { interception, dock }: Pick<Workbench, 'interception' | 'dock'>,
  row: Pick<TimelineRow, 'type' | 'action' | 'direction'>,
): Promise<void> {
  const settings = interception.state.getState().known?.settings;
  if (!settings) return;
  dock.show('intercept');
  const breakpoint = breakpointFrom(row, newId());
  await interception.configure({ ...settings, breakpoints: [...settings.breakpoints, breakpoint] });
}
