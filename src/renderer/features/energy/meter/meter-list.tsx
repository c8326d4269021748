import { Search } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { count } from '../../../app/format.ts';
import { visibleLine } from '../../../app/visible-text.ts';
import { useWorkbench } from '../../../app/workbench.ts';
import { Check } from '../../../components/check.tsx';
import { ComparedWith } from './compared-with.tsx';
import { MEMORY } from './memory.ts';
import { grouped, type KindGroup, type MeterKind, QUANTITY_WORDS } from './meter-kinds.ts';
import css from './meter-list.module.css';
import type { MeterPart } from './meter-parts.ts';
import { SampleWays } from './sample-ways.tsx';

/** What there is to be shown, by measurand, and how. */
export function MeterList({
  kinds,
  isShown,
  contexts,
  parts,
}: {
  kinds: readonly MeterKind[];
  isShown: (key: string) => boolean;
  contexts: readonly string[];
  parts: readonly MeterPart[];
}): ReactNode {
  const [search, setSearch] = useState('');
  const quantities = useMemo(() => grouped(kinds, search), [kinds, search]);
  return (
    <section className={css.list} aria-label="Measurands">
      <div className={css.head}>
        <ComparedWith parts={parts} />
        <SampleWays contexts={contexts} parts={parts} />
      </div>
      <label className={css.search}>
        <Search size={14} aria-hidden />
        <span className="visually-hidden">Search measurands</span>
        <input type="search" placeholder="Search" value={search} onChange={(event) => setSearch(event.target.value)} />
      </label>
      <div className={css.groups}>
        {quantities.map(({ quantity, groups }) => (
          <fieldset key={quantity} className={css.quantity}>
            <legend>{QUANTITY_WORDS[quantity]}</legend>
            {groups.map((group) => (
              <Measurand key={`${group.label}${group.unit}`} group={group} isShown={isShown} />
            ))}
          </fieldset>
        ))}
        {quantities.length === 0 && search !== '' && <p className={css.nothing}>No measurand is called that.</p>}
      </div>
    </section>
  );
}

function Measurand({ group, isShown }: { group: KindGroup; isShown: (key: string) => boolean }): ReactNode {
  const [only] = group.kinds;
  const label = visibleLine(group.label, 60);
  if (group.kinds.length === 1 && only) {
    return (
      <div className={css.measurand} title={titleOf(only)}>
        <KindCheck kind={only} label={only.detail === '' ? label : `${label} · ${only.detail}`} isShown={isShown} />
        <span className={css.unit}>{only.unit}</span>
      </div>
    );
  }
  return (
    <fieldset className={css.several}>
      <legend>
        {label} <span className={css.unit}>{group.unit}</span>
      </legend>
      {group.kinds.map((kind) => (
        <span key={kind.key} title={titleOf(kind)}>
          <KindCheck kind={kind} label={kind.detail === '' ? 'all phases' : kind.detail} isShown={isShown} />
        </span>
      ))}
    </fieldset>
  );
}

function KindCheck({
  kind,
  label,
  isShown,
}: {
  kind: MeterKind;
  label: string;
  isShown: (key: string) => boolean;
}): ReactNode {
  const { energy } = useWorkbench();
  return (
    <Check
      label={label}
      checked={isShown(kind.key)}
      onChange={(on) => energy.switchSeries(MEMORY.kinds, kind.key, on)}
    />
  );
}

function titleOf({ first, samples }: MeterKind): string {
  const name = first.source === 'meterStart' ? 'meterStart and meterStop of 1.6' : first.measurand;
  return `${visibleLine(name, 80)}, ${count(samples)} ${samples === 1 ? 'sample' : 'samples'}`;
}
