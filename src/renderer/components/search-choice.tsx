import { Combobox } from '@base-ui/react/combobox';
import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import css from './choice.module.css';
import float from './float.module.css';

/** Options that are listed at once; typing finds the others. */
const LISTED = 200;

/** A choice among many texts, found by typing. Nothing chosen is null. */
export function SearchChoice({
  label,
  none,
  options,
  value,
  shown = (text) => text,
  caption,
  onChange,
}: {
  label: string;
  /** What is shown where nothing is chosen, such as `Any station`. */
  none: string;
  options: readonly string[];
  value: string | null;
  /** An option as it is to be read. */
  shown?: (option: string) => string;
  /** Stands on the button whatever is chosen; without it, what is chosen does. */
  caption?: ReactNode;
  onChange: (value: string | null) => void;
}): ReactNode {
  // `null` stands for no choice, so that the first item takes the choice back.
  const items: (string | null)[] = [null, ...options];
  return (
    <Combobox.Root
      items={items}
      value={value}
      onValueChange={onChange}
      limit={LISTED}
      itemToStringLabel={(item: string | null) => (item === null ? none : shown(item))}
    >
      <Combobox.Trigger aria-label={label} className={`${css.trigger} ${value === null ? '' : css.set}`}>
        {caption ?? <span className={css.value}>{value === null ? none : shown(value)}</span>}
        <ChevronDown size={14} aria-hidden />
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner className={float.positioner} sideOffset={4} align="start">
          <Combobox.Popup className={`${float.popup} ${float.menu}`} aria-label={label}>
            <Combobox.Input className={float.search} placeholder="Search" aria-label={`Search: ${label}`} />
            <Combobox.Empty className={float.empty}>Nothing of that name so far.</Combobox.Empty>
            <Combobox.List className={float.list}>
              {(item: string | null) => (
                <Combobox.Item key={item} value={item} className={float.item}>
                  <Combobox.ItemIndicator>
                    <Check size={14} aria-hidden />
                  </Combobox.ItemIndicator>
                  <span>{item === null ? none : shown(item)}</span>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
