import { type ReactNode, useState } from 'react';
import type { Headers, LinkFacts } from '../../../session/link.ts';
import { bytes, countOf } from '../../app/format.ts';
import { HeaderList } from '../../app/header-list.tsx';
import css from './card.module.css';

/** Longer than this they are folded, since nobody asked for them yet. */
const OPEN_MAX = 4000;

/** Request and response as they were on the wire, without the values that open doors unless they are asked for. */
export function HeadersPart({ facts }: { facts: LinkFacts }): ReactNode {
  const { requestHeaders, responseHeaders, status, url, attempt, opener } = facts;
  const from = opener === 'peer' ? 'the peer' : 'Plugscope';
  if (requestHeaders.length === 0 && responseHeaders === undefined) {
    return (
      <p className={css.quiet}>
        {attempt === undefined || attempt === 'http' ? 'No header was recorded.' : 'It did not come to a request.'}
      </p>
    );
  }
  return (
    <>
      <Part title={`Request of ${from}`} first={url} headers={requestHeaders} />
      {responseHeaders && (
        <Part title="Answer" first={status === undefined ? '' : `HTTP ${status}`} headers={responseHeaders} />
      )}
    </>
  );
}

function Part({ title, first, headers }: { title: string; first: string; headers: Headers }): ReactNode {
  const size = headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  const [open, setOpen] = useState(size < OPEN_MAX);
  return (
    <details className={css.fold} open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {title} <span className={css.quiet}>{`${countOf(headers.length, 'header')}, ${bytes(size)}`}</span>
      </summary>
      {open && <HeaderList first={first} headers={headers} />}
    </details>
  );
}
