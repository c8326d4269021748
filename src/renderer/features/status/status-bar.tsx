import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { SessionState } from '../../../bridge/contract.ts';
import { bytes, count, countOf, span } from '../../app/format.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { SeverityMark } from '../../components/severity-mark.tsx';
import css from './status-bar.module.css';
import { indexInWords, RECORDING_WORDS } from './words.ts';

/** The state of the session in one line. */
export function StatusBar(): ReactNode {
  const { facts, feed, connection } = useWorkbench();
  const session = useStore(facts, (state) => state.session);
  const filterTime = useStore(feed.state, (state) => state.filterTime);
  const phase = useStore(connection.state, (state) => state.phase);
  return (
    <footer className={css.bar}>
      {session ? <Facts session={session} /> : <span>No session yet</span>}
      {filterTime !== null && <span>{`filter ${span(filterTime)}`}</span>}
      <span className={`${css.push} ${phase === 'lost' ? css.lost : ''}`}>
        {phase === 'open' ? 'engine connected' : phase === 'lost' ? 'engine lost' : 'connecting to the engine'}
      </span>
    </footer>
  );
}

function Facts({ session }: { session: SessionState }): ReactNode {
  const { messages, errors, warnings, lag, unrecorded } = session;
  return (
    <>
      <span>{countOf(messages, 'message')}</span>
      <span>{errors > 0 ? <SeverityMark severity="error">{countOf(errors, 'error')}</SeverityMark> : '0 errors'}</span>
      <span>
        {warnings > 0 ? <SeverityMark severity="warning">{countOf(warnings, 'warning')}</SeverityMark> : '0 warnings'}
      </span>
      <span>{bytes(session.bytes)}</span>
      <span>{indexInWords(lag)}</span>
      <span>{RECORDING_WORDS[session.mode]}</span>
      {unrecorded > 0 && <SeverityMark severity="warning">{`${count(unrecorded)} forwarded unrecorded`}</SeverityMark>}
    </>
  );
}
