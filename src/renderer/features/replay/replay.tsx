import { Play, Square, StepForward } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import type { ReplayState } from '../../../bridge/methods/replay.ts';
import type { Outcome } from '../../../session/outcome.ts';
import { count, countOf } from '../../app/format.ts';
import { clientFormOf } from '../../app/security/client-form.ts';
import { listenerFormOf } from '../../app/security/listener-form.ts';
import { useCommands } from '../../app/use-commands.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Address } from '../../components/address.tsx';
import { Button } from '../../components/button.tsx';
import { ToolBar } from '../../components/tool-bar.tsx';
import css from './replay.module.css';
import { type ReplayForm, START_FORM, startOf, withSide } from './replay-form.ts';
import { ReplaySettings } from './replay-settings.tsx';
import { StepDetail } from './step-detail.tsx';
import { StepList } from './step-list.tsx';
import { useReplayState } from './use-replay.ts';

/** Plays what was recorded to a live peer, and sets the new answers beside the recorded ones. */
export function Replay(): ReactNode {
  const { api, facts, feed } = useWorkbench();
  const [state, setState] = useReplayState();
  // The bench itself, by the name that it has for this machine.
  const own = useStore(facts, ({ bench }) => bench?.stationUrls.at(-1)) ?? START_FORM.url;
  const [kept, setKept] = useState<ReplayForm>(START_FORM);
  /** The CSMS that was typed; null where none was: it is then the one of the last time, or the bench. */
  const [typed, setTyped] = useState<Pick<ReplayForm, 'url' | 'security'> | null>(null);
  /** What was set to be asked of stations; null where nothing was: it is then what was asked the last time. */
  const [asked, setAsked] = useState<ReplayForm['listener'] | null>(null);
  const last = state?.csms ?? { url: own, security: null };
  const form = {
    ...kept,
    url: last.url,
    security: clientFormOf(last.security ?? undefined),
    ...typed,
    listener: asked ?? listenerFormOf(state?.listener ?? undefined),
  };
  const setForm = (next: ReplayForm): void => {
    setKept(next);
    const { url, security, listener } = next;
    if (url !== form.url || security !== form.security) setTyped({ url, security });
    if (listener !== form.listener) setAsked(listener);
  };
  const [trouble, setTrouble] = useState<string | null>(null);
  const [selected, setSelected] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const filter = useStore(feed.state, (shown) => shown.filter);

  const ask = async (question: Promise<Outcome<ReplayState>> | undefined): Promise<void> => {
    setTrouble(null);
    setBusy(true);
    const outcome = await question?.catch(() => null);
    setBusy(false);
    if (outcome?.ok) setState(outcome.value);
    else setTrouble(outcome ? outcome.error.sentence : 'The engine does not answer; try again.');
  };
  const prepare = (side: ReplayForm['side']): void => {
    setForm(withSide(form, side));
    setSelected(null);
    void ask(api()?.['replay.prepare']({ side, filter }));
  };
  const start = (): void => {
    const wanted = startOf(form);
    if ('wrong' in wanted) setTrouble(wanted.wrong);
    else void ask(api()?.['replay.start'](wanted));
  };
  const next = (): void => void api()?.['replay.next']();
  const stop = (): void => void api()?.['replay.stop']();
  const running = state?.state === 'running';

  useCommands([
    {
      id: 'replay.station',
      group: 'Replay',
      title: 'Replay what is shown, as the station',
      keys: ['r'],
      run: () => prepare('station'),
    },
    { id: 'replay.csms', group: 'Replay', title: 'Replay what is shown, as the CSMS', run: () => prepare('csms') },
    {
      id: 'replay.start',
      group: 'Replay',
      title: 'Start the replay',
      enabled: () => state?.state === 'prepared',
      run: start,
    },
    { id: 'replay.stop', group: 'Replay', title: 'Stop the replay', enabled: () => running, run: stop },
  ]);

  return (
    <div className={css.pane}>
      <ToolBar className={css.bar}>
        <span className={css.label}>{filter === '' ? 'Replay the whole session' : 'Replay what the filter shows'}</span>
        <Button disabled={busy || running} onClick={() => prepare('station')}>
          As the station
        </Button>
        <Button disabled={busy || running} onClick={() => prepare('csms')}>
          As the CSMS
        </Button>
        {state && <Source state={state} />}
      </ToolBar>
      {trouble !== null && (
        <p className={css.trouble} role="alert">
          {trouble}
        </p>
      )}
      {state === null ? (
        <p className={css.empty}>
          A replay plays what the station or the CSMS said, with new ids and the times of now, to a live peer, and
          compares its answers with the recorded ones. Filter the timeline for what is to be played, then choose whose
          part Plugscope takes.
        </p>
      ) : (
        <>
          <ReplaySettings form={{ ...form, side: state.side }} disabled={state.state !== 'prepared'} onChange={setForm}>
            {state.state === 'prepared' && (
              <Button look="primary" disabled={busy} onClick={start}>
                <Play size={14} aria-hidden />
                Start
              </Button>
            )}
            {running && form.pace === 'step' && (
              <Button look="primary" onClick={next}>
                <StepForward size={14} aria-hidden />
                Next message
              </Button>
            )}
            {running && (
              <Button onClick={stop}>
                <Square size={14} aria-hidden />
                Stop
              </Button>
            )}
          </ReplaySettings>
          {state.stationUrls.length > 0 && (
            <p className={css.addresses}>
              Point stations at
              {state.stationUrls.map((url) => (
                <Address key={url} url={url} own="id" />
              ))}
            </p>
          )}
          <div className={css.body}>
            <StepList state={state} selected={selected} onSelect={setSelected} />
            {selected !== null && <StepDetail key={selected} index={selected} state={state} />}
          </div>
        </>
      )}
    </div>
  );
}

function Source({ state }: { state: ReplayState }): ReactNode {
  const { side, source, stations, summary } = state;
  const who = stations.length === 1 ? visibleLine(stations[0]?.station ?? '', 40) : countOf(stations.length, 'station');
  return (
    <>
      <span className={css.source}>
        {`${countOf(summary.steps, 'step')} of ${who} from ${visibleLine(source, 60)}, as the ${side === 'csms' ? 'CSMS' : 'station'}`}
      </span>
      <span className={css.sums} role="status">
        {state.state === 'running' && 'Playing… '}
        {state.state !== 'prepared' && <Sums state={state} />}
      </span>
    </>
  );
}

function Sums({ state: { summary, state } }: { state: ReplayState }): ReactNode {
  const { done, steps, same, different, didNotCome, unexpected, failed, troubles } = summary;
  const bad = different + failed + troubles.length > 0;
  const verdict =
    state === 'over' ? (bad ? 'Differences found: ' : 'No differences: ') : `${count(done)} of ${count(steps)}: `;
  return (
    <span className={state === 'over' ? (bad ? css.bad : css.good) : ''} title={troubles.join('\n')}>
      {verdict}
      {[
        `${count(same)} the same`,
        `${count(different)} different`,
        ...(didNotCome > 0 ? [`${count(didNotCome)} did not come`] : []),
        ...(unexpected > 0 ? [`${count(unexpected)} not in the recording`] : []),
        ...(failed > 0 ? [`${count(failed)} failed`] : []),
      ].join(', ')}
      {troubles.length > 0 && ` · ${visibleLine(troubles[0] ?? '', 200)}`}
    </span>
  );
}
