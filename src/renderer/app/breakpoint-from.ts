import { type FilterNode, joined, type Literal } from '../../session/filter/ast.ts';
import { filterText } from '../../session/filter/print.ts';
import type { RowType, TimelineRow } from '../../session/timeline.ts';
import type { Breakpoint } from '../../workspace/breakpoint.ts';
import { newId } from './new-id.ts';
import type { Workbench } from './workbench.ts';

/** A breakpoint that holds messages like this one: of its action and its type, going its way. */
export function breakpointFrom(row: Pick<TimelineRow, 'type' | 'action' | 'direction'>, id: string): Breakpoint {
  const conditions = [
    ...(row.action === null ? [] : [equals('action', { kind: 'string', value: row.action })]),
    ...(row.type === null ? [] : [equals('type', { kind: 'word', value: WORDS[row.type] })]),
  ];
  const node = joined('and', conditions);
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

/** As a filter names the types. */
const WORDS: Readonly<Record<RowType, string>> = {
  CALL: 'call',
  CALLRESULT: 'result',
  CALLERROR: 'error',
  CALLRESULTERROR: 'callresulterror',
  SEND: 'send',
  malformed: 'malformed',
};

function equals(name: string, value: Literal): FilterNode {
  return { kind: 'compare', field: { kind: 'row', name }, operator: '==', value };
}
