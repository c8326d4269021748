import type { ReactNode } from 'react';
import { CERTIFICATE_CHECKS, type CertificateCheck, type CertificateFacts } from '../../../session/certificate.ts';
import { LongText } from '../../app/long-text.tsx';
import { visibleLine } from '../../app/visible-text.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import css from './card.module.css';
import { nameOf, placeWords } from './certificate-words.ts';
import { Moment } from './moment.tsx';
import { OutcomeMark } from './outcome-mark.tsx';

/** More certificates than any chain needs. */
const SHOWN_MAX = 20;

/** A chain of certificates from the peer's own up to its root, with what was checked of each. */
export function Chain({
  label,
  chain,
  checks = [],
}: {
  label: string;
  chain: readonly CertificateFacts[];
  checks?: readonly CertificateCheck[];
}): ReactNode {
  const ofChain = checks.filter(({ place }) => place === undefined || place >= Math.min(chain.length, SHOWN_MAX));
  return (
    <section className={css.part} aria-label={label}>
      <h3 className={css.heading}>{label}</h3>
      <Checks checks={ofChain} />
      <ol className={css.chain}>
        {chain.slice(0, SHOWN_MAX).map((certificate, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place in the chain is what names a certificate
          <li key={place} style={{ paddingInlineStart: `${Math.min(place, 6) * 18}px` }}>
            <Certificate
              certificate={certificate}
              place={place}
              of={chain.length}
              checks={checks.filter((check) => check.place === place)}
            />
          </li>
        ))}
      </ol>
      {chain.length > SHOWN_MAX && (
        <p className={css.quiet}>
          The first {SHOWN_MAX} of {chain.length} certificates are shown.
        </p>
      )}
    </section>
  );
}

function Certificate({
  certificate,
  place,
  of,
  checks,
}: {
  certificate: CertificateFacts;
  place: number;
  of: number;
  checks: readonly CertificateCheck[];
}): ReactNode {
  const { subject, issuer, serialNumber, notBefore, notAfter, key, signature, names, fingerprint } = certificate;
  const worst =
    checks.find(({ outcome }) => outcome === 'failed') ?? checks.find(({ outcome }) => outcome === 'advice');
  return (
    <details className={css.certificate} open={place === 0 || worst !== undefined}>
      <summary>
        {place > 0 && <span aria-hidden>└ </span>}
        <strong>{visibleLine(nameOf(subject), 120)}</strong>{' '}
        <span className={css.quiet}>{placeWords(certificate, place, of)}</span>{' '}
        {worst && <OutcomeMark outcome={worst.outcome} />}
      </summary>
      <Checks checks={checks} />
      <dl className={css.facts}>
        <dt>Subject</dt>
        <dd className={css.wire}>
          <LongText text={subject} name="the subject" />
        </dd>
        <dt>Issuer</dt>
        <dd className={css.wire}>{issuer === subject ? 'itself' : <LongText text={issuer} name="the issuer" />}</dd>
        <dt>Valid</dt>
        <dd>
          <Moment at={notBefore} brief /> to <Moment at={notAfter} brief />
        </dd>
        <dt>Key</dt>
        <dd>
          {visibleLine(key, 80)}, signed with {visibleLine(signature, 80)}
        </dd>
        {names.length > 0 && (
          <>
            <dt>Names</dt>
            <dd className={css.wire}>
              <LongText text={names.join(', ')} name="the names" />
            </dd>
          </>
        )}
        <dt>Serial number</dt>
        <dd className={css.wire}>
          <LongText text={serialNumber} most={80} name="the serial number" />
        </dd>
        <dt>SHA-256</dt>
        <dd className={css.wire}>
          {visibleLine(fingerprint, 64)} <CopyButton label="Copy the fingerprint" text={() => fingerprint} />
        </dd>
      </dl>
    </details>
  );
}

function Checks({ checks }: { checks: readonly CertificateCheck[] }): ReactNode {
  if (checks.length === 0) return null;
  return (
    <ul className={css.checks}>
      {checks.map(({ check, outcome, sentence, requirements }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes its order
        <li key={index}>
          <OutcomeMark outcome={outcome} />
          <span title={CERTIFICATE_CHECKS[check]}>
            <LongText text={sentence} most={600} name="the sentence" />
            {requirements.length > 0 && <span className={css.requirements}> {requirements.join(' · ')}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
