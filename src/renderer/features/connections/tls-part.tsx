import type { ReactNode } from 'react';
import type { LinkFacts } from '../../../session/link.ts';
import { LongText } from '../../app/long-text.tsx';
import css from './card.module.css';
import { Chain } from './chain.tsx';

/** TLS as it was agreed on, and the certificates of both sides. */
export function TlsPart({ facts }: { facts: LinkFacts }): ReactNode {
  const { tls, opener, attempt, url } = facts;
  if (!tls) {
    return (
      <p className={css.quiet}>
        {attempt === 'tcp'
          ? 'It did not come to TLS.'
          : /^wss:/i.test(url)
            ? 'TLS was asked for, but nothing of it was recorded.'
            : 'No TLS: everything went over the network in the clear.'}
      </p>
    );
  }
  const { protocol, cipher, serverName, offered, chain = [], own = [], checks = [] } = tls;
  const peer = facts.peer === 'csms' ? 'the CSMS' : 'the station';
  return (
    <>
      <dl className={css.facts}>
        <dt>Version</dt>
        <dd>{protocol === '' ? 'none was agreed on' : <LongText text={protocol} most={60} name="the version" />}</dd>
        <dt>Cipher</dt>
        <dd className={css.wire}>{cipher === '' ? 'none' : <LongText text={cipher} most={120} name="the cipher" />}</dd>
        <dt>Server name</dt>
        <dd className={css.wire}>
          {serverName === undefined ? 'none was sent' : <LongText text={serverName} most={200} name="the name" />}
        </dd>
      </dl>
      {offered && (
        <details className={css.fold}>
          <summary>
            What {opener === 'peer' ? peer : 'Plugscope'} offered{' '}
            <span className={css.quiet}>
              {offered.protocols.length} versions, {offered.ciphers.length} ciphers
            </span>
          </summary>
          <dl className={css.facts}>
            <dt>Versions</dt>
            <dd className={css.wire}>
              <LongText text={offered.protocols.join(', ')} name="the versions" />
            </dd>
            <dt>Ciphers</dt>
            <dd className={css.wire}>
              <LongText text={offered.ciphers.join(', ')} most={2000} name="the ciphers" />
            </dd>
          </dl>
        </details>
      )}
      {(chain.length > 0 || checks.length > 0) && (
        <Chain label={`Certificates of ${peer}`} chain={chain} checks={checks} />
      )}
      {chain.length === 0 && checks.length === 0 && (
        <p className={css.quiet}>
          {peer === 'the station'
            ? 'The station presented no certificate.'
            : 'No certificate of the CSMS was recorded.'}
        </p>
      )}
      {own.length > 0 && <Chain label="Certificates that Plugscope presented" chain={own} />}
    </>
  );
}
