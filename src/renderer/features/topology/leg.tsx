import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Leg } from '../../../bridge/contract.ts';
import type { LinkFacts } from '../../../session/link.ts';
import { LinkFactsList } from '../../app/link-facts.tsx';
import { ShortExplanation } from '../../app/short-explanation.tsx';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button } from '../../components/button.tsx';
import { Popover } from '../../components/popover.tsx';
import type { Side } from './picture.ts';
import css from './topology.module.css';

/** The line between Plugscope and one side; it opens the facts of its links, and leads to the card of each. */
export function LegButton({ side }: { side: Side }): ReactNode {
  const [chosen, setChosen] = useState<number | null>(null);
  const [open, setOpen] = useState(false);
  /** The keyboard has gone to the card. */
  const left = useRef(false);
  const look = (
    <>
      <span className={css.wire} />
      <span className={css.text}>
        {side.brief === side.label ? (
          side.label
        ) : (
          <>
            <span className={css.full}>{side.label}</span>
            <span className={css.brief}>{side.brief}</span>
          </>
        )}
      </span>
      <span className={css.wire} />
      <span aria-hidden>▸</span>
    </>
  );
  if (side.legs.length === 0) {
    return (
      <span className={css.leg} data-state="none">
        {look}
      </span>
    );
  }
  const [only] = side.legs;
  const shown = side.legs.length === 1 ? only?.link : (chosen ?? undefined);
  const towards = side.peer === 'station' ? 'stations' : 'the CSMS';
  return (
    <Popover
      title={shown === undefined ? `Links with ${towards}` : 'Facts of the link'}
      align="center"
      open={open}
      onOpenChange={(next) => {
        left.current = false;
        setChosen(null);
        setOpen(next);
      }}
      givesBack={() => !left.current}
      trigger={
        <button
          type="button"
          className={css.leg}
          data-state={side.state}
          aria-label={`Links with ${towards}: ${side.label}`}
        >
          {look}
        </button>
      }
    >
      {shown === undefined ? (
        <Legs legs={side.legs} onChoose={setChosen} />
      ) : (
        <>
          <ShortExplanation
            link={shown}
            onOpen={() => {
              left.current = true;
              setOpen(false);
            }}
          />
          <details className={css.more}>
            <summary>Facts as recorded</summary>
            <Facts link={shown} />
          </details>
        </>
      )}
      {chosen !== null && (
        <div className={css.buttons}>
          <Button onClick={() => setChosen(null)}>Back to the list</Button>
        </div>
      )}
    </Popover>
  );
}

function Legs({ legs, onChoose }: { legs: readonly Leg[]; onChoose: (link: number) => void }): ReactNode {
  return (
    <ul className={css.list}>
      {legs.map(({ link, station, version, secure, state }) => (
        <li key={link}>
          <button type="button" className={css.item} onClick={() => onChoose(link)}>
            <span className={css.name}>{visibleLine(station, 60)}</span>
            <span>
              {state === 'connecting'
                ? 'connecting…'
                : `${version === null ? 'no version' : `OCPP ${version}`} · ${secure ? 'TLS' : 'no TLS'}`}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Facts({ link }: { link: number }): ReactNode {
  const { api } = useWorkbench();
  const [facts, setFacts] = useState<LinkFacts | 'unknown' | null>(null);
  useEffect(() => {
    let gone = false;
    const show = (next: LinkFacts | null): void => {
      if (!gone) setFacts(next ?? 'unknown');
    };
    api()
      ?.['link.get'](link)
      .then(show, () => show(null));
    return () => {
      gone = true;
    };
  }, [api, link]);
  if (facts === null) return null;
  return facts === 'unknown' ? <p>The session does not know this link yet.</p> : <LinkFactsList link={facts} />;
}
