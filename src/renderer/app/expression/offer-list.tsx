import { type ReactNode, useEffect, useRef } from 'react';
import { visibleBlock, visibleLine } from '../visible-text.ts';
import css from './expression-input.module.css';
import type { Offer } from './suggest.ts';

/** What each kind of offer is called. */
const KINDS = {
  field: 'field',
  property: 'property',
  operator: 'operator',
  value: 'value',
  keyword: 'keyword',
  search: 'text',
  earlier: '',
} as const satisfies Record<Offer['kind'], string>;

/** The id of an offer in the page. */
export function offerId(id: string, index: number): string {
  return `${id}-offer-${index}`;
}

/** What can be chosen, with the words about the one that is pointed at beside it. */
export function OfferList({
  id,
  title,
  offers,
  active,
  onChoose,
}: {
  id: string;
  title: string;
  offers: readonly Offer[];
  active: number | null;
  onChoose: (offer: Offer) => void;
}): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active !== null) list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const described = offers[active ?? 0];
  return (
    <div className={css.popup}>
      <div ref={list} id={`${id}-list`} className={css.list} role="listbox" aria-label={title} tabIndex={-1}>
        {offers.map((offer, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the box, which keeps the focus
          <div
            key={`${offer.kind} ${offer.label}`}
            id={offerId(id, index)}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={css.offer}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(offer)}
          >
            <span className={css.label}>{visibleLine(offer.label)}</span>
            <span className={css.kind}>{KINDS[offer.kind]}</span>
          </div>
        ))}
      </div>
      {described?.detail !== undefined && (
        <div className={css.description}>
          <strong>{visibleLine(described.label)}</strong>
          <span>{visibleBlock(described.detail.trim())}</span>
        </div>
      )}
    </div>
  );
}
