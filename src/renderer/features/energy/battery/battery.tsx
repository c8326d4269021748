import { type ReactNode, useMemo } from 'react';
import { useStore } from 'zustand';
import type {
  BatteryPicture,
  EvBattery,
  StoragePicture,
  SwapPicture,
} from '../../../../session/energy/battery/battery-picture.ts';
import { visibleLine } from '../../../app/visible-text.ts';
import { useWorkbench } from '../../../app/workbench.ts';
import { EmptyPane } from '../../../components/empty-pane.tsx';
import { EnergyTimeChart } from '../energy-time-chart.tsx';
import { EntryLink } from '../entry-link.tsx';
import { amount } from '../transactions/amounts.ts';
import { useEnergyQuestion } from '../use-energy-question.ts';
import css from './battery.module.css';
import { evSpec, storageSpec, swapSpec } from './battery-specs.ts';
import { Balance, Facts, Needs } from './facts.tsx';
import { SlotTable, SwapEvents } from './swap-tables.tsx';

/** For how many points there is room: a chart is seldom wider than this. */
const POINTS = 2000;

/** The batteries that a station has to do with: of the EV, in the slots where they are swapped, and its own. */
export function Battery(): ReactNode {
  const { energy } = useWorkbench();
  const { station, evseId, transaction, range } = useStore(energy.state);
  const { answer, failure } = useEnergyQuestion(
    'energy.battery',
    station === null || range === null ? null : [{ station, evseId, transaction, range, points: POINTS }],
  );
  if (failure !== null) return <EmptyPane className={css.empty}>{failure}</EmptyPane>;
  if (!answer || range === null) return <EmptyPane className={css.empty} />;
  const { ev, swaps, storages } = answer;
  if (!ev && !swaps && storages.length === 0) return <Nothing />;
  return (
    <div className={css.pane}>
      <div className={css.main}>
        {swaps && <SwapChart swaps={swaps} range={range} />}
        {swaps && <SwapEvents swaps={swaps} />}
        {storages.map((storage) => (
          <StorageChart key={storage.instance} storage={storage} />
        ))}
        {ev && <EvChart ev={ev} range={range} />}
      </div>
      <Side picture={answer} />
    </div>
  );
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function EvChart({ ev, range }: { ev: EvBattery; range: Range }): ReactNode {
  const spec = useMemo(() => evSpec(ev, range), [ev, range]);
  return (
    <div className={css.chart}>
      <EnergyTimeChart id="battery" spec={spec} table={false} />
    </div>
  );
}

function StorageChart({ storage }: { storage: StoragePicture }): ReactNode {
  const spec = useMemo(() => storageSpec(storage), [storage]);
  return (
    <div className={css.chart}>
      <EnergyTimeChart id="storage" spec={spec} table={false} />
    </div>
  );
}

function SwapChart({ swaps, range }: { swaps: SwapPicture; range: Range }): ReactNode {
  const spec = useMemo(() => swapSpec(swaps, range), [swaps, range]);
  return (
    <div className={css.chart}>
      <EnergyTimeChart id="swaps" spec={spec} table={false} />
    </div>
  );
}

function Side({ picture: { ev, swaps, storages } }: { picture: BatteryPicture }): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys too
    <section className={css.side} aria-label="Batteries" tabIndex={0}>
      {swaps && (
        <section className={css.part}>
          <h3 className={css.title}>Slots</h3>
          <SlotTable swaps={swaps} />
        </section>
      )}
      {storages.map((storage) => (
        <section key={storage.instance} className={css.part}>
          <h3 className={css.title}>Stationary battery {visibleLine(storage.identity ?? storage.instance, 40)}</h3>
          {storage.capacity !== null && <Facts facts={[['Capacity', amount(storage.capacity)]]} />}
          {storage.balance && <Balance balance={storage.balance} />}
        </section>
      ))}
      {ev && (
        <section className={css.part}>
          <h3 className={css.title}>{swaps ? `Battery in slot ${ev.evseId}` : `EV at EVSE ${ev.evseId}`}</h3>
          {ev.needs.map((needs) => (
            <Needs key={needs.entry} needs={needs} />
          ))}
          {ev.balance && <Balance balance={ev.balance} />}
          {ev.limits.map(({ soc, limit, unit, profileId, entry }) => (
            <p key={`${entry} ${profileId}`} className={css.sentence}>
              Profile {profileId}: at most {limit} {unit} beyond {soc} % (limitAtSoC) <EntryLink entry={entry} />
            </p>
          ))}
        </section>
      )}
    </section>
  );
}

function Nothing(): ReactNode {
  return (
    <EmptyPane title="Nothing about a battery in this time" className={css.empty}>
      <p>
        Shown are the state of charge of EVs (meter value SoC), what they ask for (NotifyEVChargingNeeds), batteries
        that are swapped (BatterySwap), and stationary ones (variables of LocalEnergyStorage in the device model).
      </p>
    </EmptyPane>
  );
}
