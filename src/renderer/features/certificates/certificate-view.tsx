import { type ReactNode, useState } from 'react';
import type { AuthorityState, BenchCertificate, ExportForm } from '../../../bridge/methods/authority.ts';
import { BAD_SENTENCES } from '../../../session/authority.ts';
import { dateAndTime, isoTime } from '../../app/format.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button } from '../../components/button.tsx';
import { Check } from '../../components/check.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { FormField } from '../../components/form-field.tsx';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { saveBlob } from '../../components/save-blob.ts';
import { ROLE_WORDS, STANDING_WORDS, standingOf } from './arrange.ts';
import css from './certificates.module.css';
import type { Authority } from './use-authority.ts';

/** One certificate: what it says, and what can be done with it. */
export function CertificateView({
  certificate,
  responder,
  authority,
}: {
  certificate: BenchCertificate;
  responder: AuthorityState['responder'];
  authority: Authority;
}): ReactNode {
  const { timing } = useWorkbench();
  const { id, label, role, origin, bad, revokedAt, trusted } = certificate;
  const standing = standingOf(certificate, timing.wall());
  const [asks, setAsks] = useState<'revoke' | 'remove' | 'key' | 'pkcs12' | null>(null);
  const done = async (ask: Parameters<Authority['change']>[0]): Promise<void> => {
    await authority.change(ask);
    setAsks(null);
  };
  const ownAuthority = origin === 'bench' && (role === 'root' || role === 'issuing');
  return (
    <div className={css.view}>
      <header className={css.head}>
        <h3>{visibleLine(label, 120)}</h3>
        <span>{ROLE_WORDS[role]}</span>
        <span className={css.standing} data-standing={standing}>
          {STANDING_WORDS[standing]}
        </span>
        <span className={css.space} />
        <ExportMenu certificate={certificate} authority={authority} onAsk={setAsks} />
        {origin === 'bench' && revokedAt === null && role !== 'root' && (
          <Button onClick={() => setAsks('revoke')}>Revoke…</Button>
        )}
        {!ownAuthority && <Button onClick={() => setAsks('remove')}>Remove…</Button>}
      </header>
      {asks === 'revoke' && (
        <Question
          words="Its authority will say that it was revoked, for good."
          act="Revoke"
          onYes={() => done((api) => api['authority.revoke'](id))}
          onNo={() => setAsks(null)}
        />
      )}
      {asks === 'remove' && (
        <Question
          words={`It${certificate.hasKey ? ' and its private key are' : ' is'} deleted, for good.`}
          act="Remove"
          onYes={() => done((api) => api['authority.remove'](id))}
          onNo={() => setAsks(null)}
        />
      )}
      {(asks === 'key' || asks === 'pkcs12') && (
        <PasswordForm
          form={asks}
          onExport={async (password) => {
            if (await exportFile(authority, id, asks, password)) setAsks(null);
          }}
          onCancel={() => setAsks(null)}
        />
      )}
      {bad !== null && <p className={css.bad}>{`Bad on purpose: ${BAD_SENTENCES[bad]}`}</p>}
      {role === 'root' && (
        <Check
          label="Peers whose certificates lead to this root are trusted"
          checked={trusted}
          onChange={(on) => void authority.change((api) => api['authority.trust'](id, on))}
        />
      )}
      <Facts certificate={certificate} responder={ownAuthority && role === 'issuing' ? responder : null} />
    </div>
  );
}

function Facts({
  certificate,
  responder,
}: {
  certificate: BenchCertificate;
  responder: AuthorityState['responder'];
}): ReactNode {
  const {
    subject,
    issuer,
    notBefore,
    notAfter,
    key,
    signature,
    names,
    serialNumber,
    fingerprint,
    revokedAt,
    hierarchy,
  } = certificate;
  const facts: readonly (readonly [name: string, value: ReactNode])[] = [
    ['Subject', visibleLine(subject, 400)],
    ['Issuer', subject === issuer ? 'itself' : visibleLine(issuer, 400)],
    ['Hierarchy', hierarchy ?? 'none of the bench'],
    ['Valid from', <Instant key="from" at={notBefore} />],
    ['Valid until', <Instant key="until" at={notAfter} />],
    ...(revokedAt === null ? [] : [['Revoked', <Instant key="revoked" at={revokedAt} />] as const]),
    ['Key', `${key}${certificate.hasKey ? ', here' : ', not here'}`],
    ['Signed with', signature],
    ['Names', names.length === 0 ? 'none beside the common name' : visibleLine(names.join(', '), 1000)],
    ['Serial number', <code key="serial">{serialNumber}</code>],
    [
      'SHA-256',
      <span key="fingerprint" className={css.copied}>
        <code>{fingerprint}</code>
        <CopyButton label="Copy the fingerprint" text={() => fingerprint} />
      </span>,
    ],
    ...(responder
      ? ([
          ['OCSP', <code key="ocsp">{responder.ocsp}</code>],
          ['Revocation list', <code key="crl">{responder.crl}</code>],
        ] as const)
      : []),
  ];
  return (
    <dl className={css.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Instant({ at }: { at: number }): ReactNode {
  return <time title={isoTime(at)}>{dateAndTime(at).slice(0, 19)}</time>;
}

function ExportMenu({
  certificate: { id, role, origin, hasKey },
  authority,
  onAsk,
}: {
  certificate: BenchCertificate;
  authority: Authority;
  onAsk: (form: 'key' | 'pkcs12') => void;
}): ReactNode {
  const save = (form: ExportForm) => (): void => void exportFile(authority, id, form, '');
  return (
    <Menu trigger={<Button>Export</Button>}>
      <MenuItem onClick={save('pem')}>Certificate (PEM)</MenuItem>
      <MenuItem onClick={save('chain')}>Chain without the root (PEM)</MenuItem>
      <MenuItem onClick={save('der')}>Certificate (DER)</MenuItem>
      {hasKey && <MenuItem onClick={() => onAsk('key')}>Private key (PEM)…</MenuItem>}
      {hasKey && <MenuItem onClick={() => onAsk('pkcs12')}>Key and chain (PKCS#12)…</MenuItem>}
      {origin === 'bench' && (role === 'issuing' || role === 'root') && (
        <MenuItem onClick={save('crl')}>Revocation list</MenuItem>
      )}
    </Menu>
  );
}

/** Has the engine make a file and hands it to the user; whether it did. */
async function exportFile(authority: Authority, id: string, form: ExportForm, password: string): Promise<boolean> {
  const file = await authority.exported(id, form, password);
  if (file === null) return false;
  const content = Uint8Array.from(atob(file.base64), (character) => character.charCodeAt(0));
  saveBlob(document, file.name, new Blob([content], { type: file.type }));
  return true;
}

function Question({
  words,
  act,
  onYes,
  onNo,
}: {
  words: string;
  act: string;
  onYes: () => Promise<void>;
  onNo: () => void;
}): ReactNode {
  return (
    <p className={css.question} role="alert">
      <span>{words}</span>
      <Button look="primary" autoFocus onClick={() => void onYes()}>
        {act}
      </Button>
      <Button onClick={onNo}>Cancel</Button>
    </p>
  );
}

function PasswordForm({
  form,
  onExport,
  onCancel,
}: {
  form: 'key' | 'pkcs12';
  onExport: (password: string) => Promise<void>;
  onCancel: () => void;
}): ReactNode {
  const [password, setPassword] = useState('');
  const needed = form === 'pkcs12';
  return (
    <form
      className={css.question}
      onSubmit={(event) => {
        event.preventDefault();
        void onExport(password);
      }}
    >
      <FormField
        label={needed ? 'Password of the file' : 'Password of the key; empty for none'}
        value={password}
        secret
        onChange={setPassword}
      />
      <Button type="submit" look="primary" disabled={needed && password === ''}>
        Export
      </Button>
      <Button onClick={onCancel}>Cancel</Button>
    </form>
  );
}
