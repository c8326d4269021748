import type { ReactNode } from 'react';
import type { Headers, LinkFacts } from '../../session/link.ts';
import { maskUrl } from '../../session/secrets/headers.ts';
import { closingInWords } from './close-codes.ts';
import { bytes, dateAndTime, isoTime, span } from './format.ts';
import { HeaderList } from './header-list.tsx';
import css from './link-facts.module.css';
import { LongText } from './long-text.tsx';

/** What is known of a link, as a list. */
export function LinkFactsList({ link }: { link: LinkFacts }): ReactNode {
  const { closedAt, closing, tls } = link;
  return (
    <dl className={css.facts}>
      <Fact name="Link">{whoWithWhom(link)}</Fact>
      <Fact name="URL" wire>
        {maskUrl(link.url)}
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
          <dd className={css.failure}>
            <LongText text={link.failure} name="the failure" />
          </dd>
        </>
      )}
      {link.policy && <Fact name="Asked for">{`security profile ${link.policy.profile}`}</Fact>}
      <Fact name="TLS">
        {tls
          ? [tls.protocol, tls.cipher, tls.serverName, tls.peerSubject].filter(Boolean).join(' · ')
          : 'none, in the clear'}
      </Fact>
      {link.extensions !== undefined && (
        <Fact name="Extensions" wire>
          {link.extensions}
        </Fact>
      )}
      <Fact name="Opened" title={isoTime(link.openedAt.wall)}>
        {dateAndTime(link.openedAt.wall)}
      </Fact>
      {closedAt && (
        <Fact name="Closed" title={isoTime(closedAt.wall)}>
          {`${dateAndTime(closedAt.wall)}, after ${span(closedAt.mono - link.openedAt.mono)}`}
        </Fact>
      )}
      {closing && <Fact name="Close code">{closingInWords(closing)}</Fact>}
      {closing?.wire && (
        <Fact name="On the wire">{`${bytes(closing.wire.received)} received, ${bytes(closing.wire.sent)} sent`}</Fact>
      )}
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
        <LongText text={text} name={name} />
      </dd>
    </>
  );
}

function HeaderFact({ name, headers }: { name: string; headers: Headers }): ReactNode {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <HeaderList headers={headers} />
      </dd>
    </>
  );
}
