import { type ReactNode, useMemo } from 'react';
import type { ConnectionCard, PingStatistics } from '../../../session/life/life.ts';
import { bytes, count, countOf, span } from '../../app/format.ts';
import { LongText } from '../../app/long-text.tsx';
import css from './card.module.css';
import { pingSpec } from './life-specs.ts';
import { compressionOf, compressionWords } from './life-words.ts';
import { Moment } from './moment.tsx';
import { Remarks } from './remarks.tsx';
import { SmallChart } from './small-chart.tsx';

/** What passed over a connection, from its beginning to its end. */
export function LifePart({ card }: { card: ConnectionCard }): ReactNode {
  const { facts, row, traffic, ending } = card;
  const { openedAt, closedAt, closing, extensions } = facts;
  const wire = closing?.wire;
  const compression = compressionOf(card);
  return (
    <>
      <dl className={css.facts}>
        <dt>{row.state === 'refused' ? 'Began' : 'Opened'}</dt>
        <dd>
          <Moment at={openedAt.wall} />
        </dd>
        <dt>Ended</dt>
        <dd>
          {closedAt ? (
            <>
              <Moment at={closedAt.wall} />, after {span(closedAt.mono - openedAt.mono)}
            </>
          ) : row.state === 'refused' ? (
            'nobody noted when'
          ) : (
            'not yet'
          )}
        </dd>
        {ending && (
          <>
            <dt>How</dt>
            <dd>
              <LongText text={ending.words} most={600} name="how it ended" />
            </dd>
          </>
        )}
        <dt>To the CSMS</dt>
        <dd>{passed(traffic.messages['to-csms'], traffic.bytes['to-csms'])}</dd>
        <dt>To the station</dt>
        <dd>{passed(traffic.messages['to-station'], traffic.bytes['to-station'])}</dd>
        {wire && (
          <>
            <dt>On the wire</dt>
            <dd>
              {bytes(wire.received)} received, {bytes(wire.sent)} sent{' '}
              <span className={css.quiet}>with all of TLS, headers and pings</span>
            </dd>
          </>
        )}
        {extensions !== undefined && (
          <>
            <dt>Extensions</dt>
            <dd className={css.wire}>
              <LongText text={extensions} name="the extensions" />
            </dd>
          </>
        )}
        {compression && (
          <>
            <dt>Compression</dt>
            <dd>
              {compressionWords(compression)} <span className={css.quiet}>bytes of messages to bytes on the wire</span>
            </dd>
          </>
        )}
      </dl>
      <Remarks remarks={card.remarks} />
      <Pings pings={traffic.pings} facts={facts} />
    </>
  );
}

function passed(messages: number, size: number): string {
  return messages === 0 ? 'nothing' : `${countOf(messages, 'message')}, ${bytes(size)}`;
}

function Pings({ pings, facts }: { pings: PingStatistics; facts: ConnectionCard['facts'] }): ReactNode {
  const { sent, missed, median, p95, maximum, latest } = pings;
  const spec = useMemo(() => pingSpec(latest), [latest]);
  if (sent === 0) {
    return (
      <section className={css.part} aria-label="Pings">
        <h3 className={css.heading}>Pings</h3>
        <p className={css.quiet}>
          {facts.pongs > 0 ? `None was sent; ${countOf(facts.pongs, 'pong')} came unasked.` : 'None passed.'}
        </p>
      </section>
    );
  }
  return (
    <section className={css.part} aria-label="Pings">
      <h3 className={css.heading}>Pings</h3>
      <p className={css.sums}>
        <Sum name="sent" value={count(sent)} />
        <Sum name="missed" value={count(missed)} bad={missed > 0} />
        {median !== null && <Sum name="median" value={span(median)} />}
        {p95 !== null && <Sum name="95 % within" value={span(p95)} />}
        {maximum !== null && <Sum name="longest" value={span(maximum)} />}
      </p>
      {latest.length > 1 && <SmallChart spec={spec} />}
      {latest.length < sent && latest.length > 1 && (
        <p className={css.quiet}>The chart has the latest {count(latest.length)}.</p>
      )}
    </section>
  );
}

function Sum({ name, value, bad = false }: { name: string; value: string; bad?: boolean }): ReactNode {
  return (
    <span>
      <span className={css.quiet}>{name}</span> <strong className={bad ? css.failed : undefined}>{value}</strong>{' '}
    </span>
  );
}
