import { Combobox } from '@base-ui/react/combobox';
import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import choice from '../../components/choice.module.css';
import float from '../../components/float.module.css';
import type { ActionGroup, ActionOption } from './action-groups.ts';
import css from './composer.module.css';

/** A choice among the actions of a version, by functional block; found by typing. */
export function ActionChoice({
  groups,
  value,
  onChange,
}: {
  groups: readonly ActionGroup[];
  value: string | null;
  onChange: (action: string) => void;
}): ReactNode {
  const chosen = groups.flatMap(({ items }) => items).find(({ name }) => name === value) ?? null;
  return (
    <Combobox.Root
      items={groups}
      value={chosen}
      onValueChange={(option: ActionOption | null) => option && onChange(option.name)}
      itemToStringLabel={({ name }: ActionOption) => name}
      isItemEqualToValue={(one: ActionOption, other: ActionOption) => one.name === other.name}
    >
      <Combobox.Trigger aria-label="Action" className={`${choice.trigger} ${value === null ? '' : choice.set}`}>
        <span className={choice.value}>{value ?? 'Choose an action'}</span>
        <ChevronDown size={14} aria-hidden />
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner className={float.positioner} sideOffset={4} align="start">
          <Combobox.Popup className={`${float.popup} ${float.menu}`} aria-label="Action">
            <Combobox.Input className={float.search} placeholder="Search" aria-label="Search: Action" />
            <Combobox.Empty className={float.empty}>This version has no action of that name.</Combobox.Empty>
            <Combobox.List className={float.list}>
              {(group: ActionGroup) => (
                <Combobox.Group key={group.value} items={group.items}>
                  <Combobox.GroupLabel className={css.group}>{group.value}</Combobox.GroupLabel>
                  <Combobox.Collection>
                    {(option: ActionOption) => (
                      <Combobox.Item key={option.name} value={option} className={float.item}>
                        <Combobox.ItemIndicator>
                          <Check size={14} aria-hidden />
                        </Combobox.ItemIndicator>
                        <span>{option.messageType === 'SEND' ? `${option.name} (SEND)` : option.name}</span>
                      </Combobox.Item>
                    )}
                  </Combobox.Collection>
                </Combobox.Group>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
