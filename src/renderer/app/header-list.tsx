import { type ReactNode, useState } from 'react';
import type { Headers } from '../../session/link.ts';
import { isSecretHeader, maskUrl } from '../../session/secrets/headers.ts';
import { Button } from '../components/button.tsx';
import { countOf } from './format.ts';
import css from './link-facts.module.css';
import { LongText } from './long-text.tsx';
import { visibleLine } from './visible-text.ts';

/** More than a sound peer sends; the rest is shown when asked for. */
const SHOWN = 60;

/** Headers in the order and spelling of the wire. `first` is what stands before them, such as the request target. */
export function HeaderList({ headers, first = '' }: { headers: Headers; first?: string }): ReactNode {
  const [shown, setShown] = useState(SHOWN);
  return (
    <ul className={`${css.headers} ${css.wire}`}>
      {first !== '' && (
        <li>
          <LongText text={maskUrl(first)} name="the first line" />
        </li>
      )}
      {headers.slice(0, shown).map(([header, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: headers may repeat and never change their place
        <li key={index}>
          <span className={css.name}>{visibleLine(header, 200)}: </span>
          <HeaderValue header={header} value={value} />
        </li>
      ))}
      {headers.length > shown && (
        <li>
          <Button look="quiet" onClick={() => setShown(shown + 500)}>
            {countOf(headers.length - shown, 'more header')}
          </Button>
        </li>
      )}
    </ul>
  );
}

/** The value of a header; one that opens doors is shown when asked for, not to everyone who passes by. */
function HeaderValue({ header, value }: { header: string; value: string }): ReactNode {
  const [shown, setShown] = useState(!isSecretHeader(header));
  if (shown) return <LongText text={value} name={`the value of ${visibleLine(header, 60)}`} />;
  const scheme = /^[A-Za-z]{1,20} /.exec(value)?.[0] ?? '';
  return (
    <>
      {`${scheme}•••••• `}
      <Button look="quiet" aria-label={`Show the value of ${visibleLine(header, 60)}`} onClick={() => setShown(true)}>
        Show
      </Button>
    </>
  );
}
