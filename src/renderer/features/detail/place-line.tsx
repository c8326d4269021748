import { Filter, FilterX } from 'lucide-react';
import type { ReactNode } from 'react';
import { filterOn } from '../../app/filter-actions.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { IconButton } from '../../components/button.tsx';
import css from './detail.module.css';
import type { FieldHelp } from './field-help.ts';

/** What stands at the cursor in the text, in a line below it: what a pointer gets by hovering. */
export function PlaceLine({ help, hint }: { help: FieldHelp | null; hint: boolean }): ReactNode {
  const workbench = useWorkbench();
  if (help === null) {
    const words = hint ? 'Put the cursor on a field to see what the specification says.' : '';
    return <div className={css.place}>{words}</div>;
  }
  const { path, field, value, limits, description, values } = help;
  const words = [limits, values.length > 0 ? `one of ${values.join(', ')}` : '', description.replace(/\s+/g, ' ')];
  const line = words.filter((part) => part !== '').join(' · ');
  const on = field !== undefined && value !== undefined ? { field, value } : undefined;
  return (
    <div className={css.place}>
      <span className={css['place-words']} role="status" title={`${path}\n${words.join('\n')}`}>
        <code>{visibleLine(path, 120)}</code> {line}
      </span>
      {on && (
        <>
          <IconButton label="Filter on this value" onClick={() => void filterOn(workbench, on.field, on.value, 'and')}>
            <Filter size={13} aria-hidden />
          </IconButton>
          <IconButton
            label="Exclude this value"
            onClick={() => void filterOn(workbench, on.field, on.value, 'exclude')}
          >
            <FilterX size={13} aria-hidden />
          </IconButton>
        </>
      )}
    </div>
  );
}
