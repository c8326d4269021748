import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { BenchState } from '../../../bridge/contract.ts';
import { count } from '../../app/format.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Address } from '../../components/address.tsx';
import { Button } from '../../components/button.tsx';
import { Popover } from '../../components/popover.tsx';
import { LegButton } from './leg.tsx';
import { benchInWords, pictureOf } from './picture.ts';
import { RoleForm } from './role-form.tsx';
import { Recording } from './session.tsx';
import css from './topology.module.css';

/** The strip at the top: what is recorded, who is connected with whom, and what is running. */
export function Topology({ children }: { children?: ReactNode }): ReactNode {
  const { facts } = useWorkbench();
  const bench = useStore(facts, (state) => state.bench);
  const session = useStore(facts, (state) => state.session);
  return (
    <header className={css.strip}>
      <h1 className="visually-hidden">Plugscope</h1>
      <div className={css.line}>
        {session && <Recording session={session} />}
        <div className={css.picture}>{bench && <Picture bench={bench} />}</div>
        {bench && <span className={css.rate}>{`${count(Math.round(bench.messagesPerSecond))} msg/s`}</span>}
        {bench && <RoleForm setup={bench.setup} />}
        {children}
      </div>
      {bench && <Words bench={bench} />}
    </header>
  );
}

function Picture({ bench }: { bench: BenchState }): ReactNode {
  const { station, stationSide, plugscope, csmsSide, csms } = pictureOf(bench);
  return (
    <>
      {station !== null && (
        <span
          className={`${css.node} ${css.station} ${stationSide?.state === 'none' ? css.nobody : ''}`}
          title={station}
        >
          {station}
        </span>
      )}
      {stationSide && <LegButton side={stationSide} />}
      <span className={css.node} title={plugscope}>
        {plugscope}
      </span>
      {csmsSide && <LegButton side={csmsSide} />}
      {csms !== null && (
        <span className={`${css.node} ${css.csms}`} title={csms}>
          {csms}
        </span>
      )}
    </>
  );
}

function Words({ bench: { setup, stationUrls } }: { bench: BenchState }): ReactNode {
  const [first, ...others] = stationUrls;
  const sentence = benchInWords(setup);
  return (
    <div className={`${css.line} ${css.words}`}>
      <span className={css.sentence} title={sentence}>
        {sentence}
      </span>
      {first !== undefined && (
        <>
          <span className={css.point}>Point a station at</span>
          <Address url={first} own="id" />
          {others.length > 0 && (
            <Popover title="Also at" trigger={<Button look="quiet">{`+${others.length}`}</Button>}>
              <ul className={css.list}>
                {others.map((url) => (
                  <li key={url}>
                    <Address url={url} own="id" />
                  </li>
                ))}
              </ul>
            </Popover>
          )}
        </>
      )}
    </div>
  );
}
