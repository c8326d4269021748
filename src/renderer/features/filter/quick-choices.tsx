import { ArrowLeftRight, Flag, type LucideIcon, PlugZap, Tag, Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { SearchChoice } from '../../components/search-choice.tsx';
import css from './filter-bar.module.css';
import { type QuickField, quickValue, withQuickValue } from './quick-conditions.ts';

const DIRECTIONS = [
  { value: 'to-csms', label: '→ CSMS' },
  { value: 'to-station', label: '← Station' },
];

/** The words of the filter language, and of the wire. */
const TYPES = [
  { value: 'call', label: 'CALL' },
  { value: 'result', label: 'CALLRESULT' },
  { value: 'error', label: 'CALLERROR' },
  { value: 'callresulterror', label: 'CALLRESULTERROR' },
  { value: 'send', label: 'SEND' },
  { value: 'malformed', label: 'malformed' },
];

/** Menus for what is asked most. They write into the expression, which alone says what is shown. */
export function QuickChoices(): ReactNode {
  const { feed, facts, filter: show } = useWorkbench();
  const filter = useStore(feed.state, (state) => state.filter);
  const { stations, actions } = useStore(facts);
  const of = (field: QuickField) => ({
    value: quickValue(filter, field),
    onChange: (value: string | null) => void show(withQuickValue(filter, field, value)),
  });
  const finding = of('finding');
  const type = of('type');
  const typeValue = TYPES.find(({ value, label }) => type.value === value || type.value === label)?.value ?? null;

  return (
    <div className={css.quick}>
      <SearchChoice
        label="Action"
        none="Any action"
        options={actions}
        shown={visibleLine}
        caption={<Caption icon={Zap}>Action</Caption>}
        {...of('action')}
      />
      <SearchChoice
        label="Station"
        none="Any station"
        options={stations}
        shown={visibleLine}
        caption={<Caption icon={PlugZap}>Station</Caption>}
        {...of('station')}
      />
      <Choice
        label="Direction"
        none="Any direction"
        options={DIRECTIONS}
        caption={<Caption icon={ArrowLeftRight}>Direction</Caption>}
        {...of('direction')}
      />
      <Choice
        label="Type"
        none="Any type"
        options={TYPES}
        caption={<Caption icon={Tag}>Type</Caption>}
        value={typeValue}
        onChange={type.onChange}
      />
      <Button
        aria-pressed={finding.value !== null}
        aria-label="Only with findings"
        title="Only messages with findings"
        onClick={() => finding.onChange(finding.value === null ? 'true' : null)}
      >
        <Caption icon={Flag}>Findings</Caption>
      </Button>
    </div>
  );
}

function Caption({ icon: Icon, children }: { icon: LucideIcon; children: string }): ReactNode {
  return (
    <>
      <Icon size={14} aria-hidden />
      <span className={css.label}>{children}</span>
    </>
  );
}
