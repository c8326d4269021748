import { Tabs } from '@base-ui/react/tabs';
import { Lightbulb } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { ConnectionCard } from '../../../session/life/life.ts';
import { CARD_PARTS, type CardPart } from '../../app/connection-board.ts';
import { lookOf, partiesOf, verdictWords } from '../../app/connection-words.ts';
import { LongText } from '../../app/long-text.tsx';
import { useConnectionCard } from '../../app/use-connection-card.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import css from './card.module.css';
import { CardActions } from './card-actions.tsx';
import { HeadersPart } from './headers-part.tsx';
import { LifePart } from './life-part.tsx';
import { LookMark } from './look-mark.tsx';
import { Moment } from './moment.tsx';
import { StationPart } from './station-part.tsx';
import { Steps } from './steps.tsx';
import { TlsPart } from './tls-part.tsx';

const PART_WORDS = {
  negotiation: 'Negotiation',
  tls: 'TLS and certificates',
  headers: 'Headers',
  life: 'Life',
  station: 'Station',
} as const satisfies Record<CardPart, string>;

/** A connection in full: how it came about, or why not, and what became of it. */
export function Card({
  link,
  waiting,
  onLeave,
}: {
  link: number;
  /** The cursor stands on another connection, which is not known yet. */
  waiting: boolean;
  onLeave: () => void;
}): ReactNode {
  const { connections } = useWorkbench();
  const { answer: card, current, failure } = useConnectionCard(link);
  const { part, asked } = useStore(connections.state);
  const place = useRef<HTMLDivElement>(null);
  const here = card ? card.row.link : null;
  // Who asked "Why?" elsewhere goes on by keys here.
  useEffect(() => {
    if (!asked || asked.link !== here) return;
    place.current?.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus();
    connections.answered();
  }, [asked, here, connections]);
  if (failure !== null) return <p className={css.bad}>{visibleLine(failure, 300)}</p>;
  if (card === undefined) return null;
  if (card === null) {
    return current ? <p className={css.note}>The session does not know this connection yet.</p> : null;
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    onLeave();
  };
  // What is shown while another one is on its way cannot be acted on: it would be the wrong one.
  const isPast = waiting || !current;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape leads out of whatever has the keyboard in it
    <div ref={place} className={css.card} onKeyDown={onKeyDown}>
      <Head key={card.row.link} card={card} isPast={isPast} />
      <Tabs.Root className={css.tabs} value={part} onValueChange={(next: CardPart) => connections.show(next)}>
        <Tabs.List className={css.tablist} activateOnFocus aria-label="Parts of the card">
          {CARD_PARTS.map((name) => (
            <Tabs.Tab key={name} className={css.tab} value={name}>
              {PART_WORDS[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel key={card.row.link} className={css.body} value={part} inert={isPast}>
          <Part part={part} card={card} />
        </Tabs.Panel>
      </Tabs.Root>
    </div>
  );
}

function Part({ part, card }: { part: CardPart; card: ConnectionCard }): ReactNode {
  switch (part) {
    case 'negotiation':
      return <Steps steps={card.explanation.steps} />;
    case 'tls':
      return <TlsPart facts={card.facts} />;
    case 'headers':
      return <HeadersPart facts={card.facts} />;
    case 'life':
      return <LifePart card={card} />;
    case 'station':
      return <StationPart station={card.row.station} link={card.row.link} />;
  }
}

/** The security profile on the wire, and the one that was asked for where that is another one. */
function profileWords(profile: number | null, asked: number | undefined): readonly string[] {
  if (profile === null) return asked === undefined ? [] : [`profile ${asked} asked for`];
  return [`profile ${profile}${asked === undefined || asked === profile ? '' : `, ${asked} asked for`}`];
}

/** The verdict, and where there is no connection, why and what helps. */
function Head({ card, isPast }: { card: ConnectionCard; isPast: boolean }): ReactNode {
  const { row, facts, explanation, ending } = card;
  const { cause, remedy, profile } = explanation;
  const [said, setSaid] = useState('');
  const facts_ = [
    ...(row.version === null ? [] : [`OCPP ${row.version}`]),
    ...profileWords(profile, facts.policy?.profile),
    row.secure ? 'TLS' : row.attempt === 'tcp' ? '' : 'no TLS',
    visibleLine(row.remoteAddress, 80),
  ].filter((word) => word !== '');
  const sentence = cause ?? ending?.words ?? row.sentence;
  return (
    <header className={css.head}>
      <div className={css.verdict}>
        <LookMark look={lookOf(row)} />
        <h3 className={css.words}>{verdictWords(card)}</h3>
        <span className={css.parties}>{partiesOf(row)}</span>
        <CardActions card={card} isPast={isPast} onSaid={setSaid} />
      </div>
      <p className={css.about}>
        <Moment at={facts.openedAt.wall} /> · {facts_.join(' · ')}
        <span role="status">{said !== '' && ` · ${said}`}</span>
      </p>
      <p className={cause === undefined ? css.sentence : css.cause}>
        <LongText text={sentence} most={300} name="the sentence" />
      </p>
      {remedy !== undefined && (
        <p className={css.remedy}>
          <Lightbulb size={14} aria-hidden />
          <span>
            <LongText text={remedy} most={600} name="what helps" />
          </span>
        </p>
      )}
    </header>
  );
}
