import { type ReactNode, useState } from 'react';
import type { Headers, LinkFacts } from '../../session/link.ts';
import { isSecretHeader } from '../../session/secrets/headers.ts';
import { Button } from '../components/button.tsx';
import { closingInWords } from './close-codes.ts';
import { dateAndTime, isoTime, span } from './format.ts';
import css from './link-facts.module.css';
import { visibleText } from './visible-text.ts';

/** What is known of a link, as a list. */
export function LinkFactsList({ link }: { link: LinkFacts }): ReactNode {
  const { closedAt, closing, tls } = link;
  return (
    <dl className={css.facts}>
      <Fact name="Link">{whoWithWhom(link)}</Fact>
      <Fact name="URL" wire>
        {link.url}
      </Fact>
      {link.remoteAddress !== undefined && (
        <Fact name="Peer's address" wire>
          {link.remoteAddress}
        </Fact>
      )}
      <Fact name="Offered" wire>
        {link.offered.length === 0 ? 'no subprotocol' : link.offered.join(', ')}
      </Fact>
      <Fact name="Chosen" wire>
        {link.chosen || 'none'}
        {link.version === undefined ? '' : ` (OCPP ${link.version})`}
      </Fact>
      {link.status !== undefined && <Fact name="HTTP status">{String(link.status)}</Fact>}
      {link.failure !== undefined && (
        <>
          <dt>Failure</dt>
          <dd className={css.failure}>{visibleText(link.failure)}</dd>
        </>
      )}
      <Fact name="TLS">
        {tls
          ? [tls.protocol, tls.cipher, tls.serverName, tls.peerSubject].filter(Boolean).join(' · ')
          : 'none, in the clear'}
      </Fact>
      <Fact name="Opened" title={isoTime(link.openedAt.wall)}>
        {dateAndTime(link.openedAt.wall)}
      </Fact>
      {closedAt && (
        <Fact name="Closed" title={isoTime(closedAt.wall)}>
          {`${dateAndTime(closedAt.wall)}, after ${span(closedAt.mono - link.openedAt.mono)}`}
        </Fact>
      )}
      {closing && <Fact name="Close code">{closingInWords(closing)}</Fact>}
      <Fact name="Pings, pongs">{`${link.pings}, ${link.pongs}`}</Fact>
      <HeaderFact name="Request headers" headers={link.requestHeaders} />
      {link.responseHeaders && <HeaderFact name="Response headers" headers={link.responseHeaders} />}
    </dl>
  );
}

function whoWithWhom({ peer, opener, station }: LinkFacts): string {
  const other = peer === 'station' ? `station ${station}` : `CSMS, for station ${station}`;
  return opener === 'peer' ? `${other}, which connected to Plugscope` : `${other}, to which Plugscope connected`;
}

function Fact({
  name,
  wire = false,
  title,
  children,
}: {
  name: string;
  wire?: boolean;
  title?: string;
  children: string | readonly string[];
}): ReactNode {
  const text = typeof children === 'string' ? children : children.join('');
  return (
    <>
      <dt>{name}</dt>
      <dd className={wire ? css.wire : undefined} title={title}>
        {visibleText(text)}
      </dd>
    </>
  );
}

function HeaderFact({ name, headers }: { name: string; headers: Headers }): ReactNode {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <ul className={`${css.headers} ${css.wire}`}>
          {headers.map(([header, value], index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: headers may repeat and never change their place
            <li key={index}>
              <span className={css.name}>{visibleText(header)}: </span>
              <HeaderValue header={header} value={value} />
            </li>
          ))}
        </ul>
      </dd>
    </>
  );
}

/** The value of a header; one that opens doors is shown when asked for, not to everyone who passes by. */
function HeaderValue({ header, value }: { header: string; value: string }): ReactNode {
  const [shown, setShown] = useState(!isSecretHeader(header));
  if (shown) return visibleText(value);
  const scheme = /^[A-Za-z]+ /.exec(value)?.[0] ?? '';
  return (
    <>
      {`${scheme}•••••• `}
      <Button look="quiet" aria-label={`Show the value of ${header}`} onClick={() => setShown(true)}>
        Show
      </Button>
    </>
  );
}
