import type { JsonValue } from '../../ocpp/json.ts';
import type { FieldRef } from '../../session/filter/ast.ts';
import { readFilter } from '../../session/filter/check.ts';
import { withCondition } from '../../session/filter/edit.ts';
import { filterText } from '../../session/filter/print.ts';

/** What a value that is shown does to the filter: it is all that is asked, asked as well, or kept out. */
export type FilterHow = 'only' | 'and' | 'exclude';

/** Where a filter is shown and changed: the workbench. */
export interface FilterPlace {
  readonly feed: { readonly state: { getState(): { readonly filter: string } } };
  filter(text: string): Promise<void>;
}

/**
 * "Filter on this", "and this too", "exclude this": for any value that a pane shows. Of an object or a list, that it is
 * there is asked.
 */
export function filterOn(workbench: FilterPlace, field: FieldRef, value: JsonValue, how: FilterHow): Promise<void> {
  return workbench.filter(filterWith(workbench.feed.state.getState().filter, field, value, how));
}

/** The text of a filter with a condition more, the rest of it as the user wrote it. */
export function filterWith(text: string, field: FieldRef, value: JsonValue, how: FilterHow): string {
  const condition = filterText(withCondition(undefined, field, value, how === 'exclude' ? 'exclude' : 'and'));
  const { filter } = readFilter(text);
  if (how === 'only' || filter === undefined) return condition;
  const isThere = (filter.kind === 'and' ? filter.operands : [filter]).some((node) => filterText(node) === condition);
  if (isThere) return text;
  return `${filter.kind === 'or' ? `(${text.trim()})` : text.trim()} and ${condition}`;
}

/** Whether a text is a filter that lets everything pass. */
export function isEmptyFilter(text: string): boolean {
  return text.trim() === '';
}
