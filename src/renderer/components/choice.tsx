import { Select } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import css from './choice.module.css';
import float from './float.module.css';

/** One thing to choose. */
export interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
}

/** A choice of few things, or of none where `none` names that. */
export function Choice<T extends string>({
  label,
  none,
  options,
  value,
  caption,
  onChange,
}: {
  label: string;
  /** What is shown where nothing is chosen, such as `Any direction`. */
  none?: string;
  options: readonly Option<T>[];
  value: T | null;
  /** Stands on the button whatever is chosen; without it, what is chosen does. */
  caption?: ReactNode;
  onChange: (value: T | null) => void;
}): ReactNode {
  const items = [...(none === undefined ? [] : [{ value: null, label: none }]), ...options];
  return (
    <Select.Root items={items} value={value} onValueChange={onChange} modal={false}>
      <Select.Trigger
        aria-label={label}
        className={`${css.trigger} ${value !== null && none !== undefined ? css.set : ''}`}
      >
        {caption ?? <Select.Value className={css.value} />}
        <ChevronDown size={14} aria-hidden />
      </Select.Trigger>
      <Select.Portal>
        <Select.Positioner className={float.positioner} sideOffset={4} alignItemWithTrigger={false} align="start">
          <Select.Popup className={`${float.popup} ${float.menu}`}>
            <Select.List className={float.list}>
              {items.map((item) => (
                <Select.Item key={item.value} value={item.value} className={float.item}>
                  <Select.ItemIndicator>
                    <Check size={14} aria-hidden />
                  </Select.ItemIndicator>
                  <Select.ItemText>{item.label}</Select.ItemText>
                </Select.Item>
              ))}
            </Select.List>
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  );
}
