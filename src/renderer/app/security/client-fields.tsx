import { type ReactNode, useEffect, useState } from 'react';
import { SECURITY_PROFILES, type SecurityProfile } from '../../../session/leg-policy.ts';
import { Check } from '../../components/check.tsx';
import { Choice } from '../../components/choice.tsx';
import { FormField } from '../../components/form-field.tsx';
import { useWorkbench } from '../workbench.ts';
import css from './client-fields.module.css';
import { type ClientForm, saysOwn } from './client-form.ts';

/** Security profiles in a few words. */
export const PROFILE_WORDS: Readonly<Record<SecurityProfile, string>> = {
  0: 'No security',
  1: 'Profile 1 · password',
  2: 'Profile 2 · TLS, password',
  3: 'Profile 3 · certificates',
};
export const PROFILES = SECURITY_PROFILES.map((profile) => ({ value: String(profile), label: PROFILE_WORDS[profile] }));
const TLS_VERSIONS = [
  { value: 'TLSv1.2', label: 'TLS 1.2 and 1.3' },
  { value: 'TLSv1.3', label: 'TLS 1.3 alone' },
] as const;
/** How a CSMS is connected to: profile, password or certificate, TLS. */
export function ClientFields({
  form,
  passesOn,
  error,
  onChange,
}: {
  form: ClientForm;
  /** Without a password, that of the station goes on. */
  passesOn: boolean;
  error: string | undefined;
  onChange: (part: Partial<ClientForm>) => void;
}): ReactNode {
  const { profile } = form;
  return (
    <>
      <Choice
        label="Profile of the CSMS"
        options={PROFILES}
        value={String(profile)}
        onChange={(value) => value && onChange({ profile: Number(value) as SecurityProfile })}
      />
      {error !== undefined && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
      {(profile === 1 || profile === 2) && (
        <div className={css.grid}>
          <FormField
            label="Password"
            value={form.password}
            placeholder={passesOn ? 'What the station sends' : ''}
            secret
            onChange={(password) => onChange({ password })}
          />
          <FormField
            label="User name"
            value={form.user}
            placeholder="The identity"
            onChange={(user) => onChange({ user })}
          />
        </div>
      )}
      {profile === 3 && (
        <StationCertificate value={form.certificate} onChange={(certificate) => onChange({ certificate })} />
      )}
      {profile !== 1 && (
        <>
          <Tls value={form.minTls} onChange={(minTls) => onChange({ minTls })} />
          <FormField
            label="Server name in TLS"
            value={form.serverName}
            placeholder="That of the URL"
            onChange={(serverName) => onChange({ serverName })}
          />
          <Check
            label="End the attempt where its certificate fails a check"
            checked={form.verifies}
            onChange={(verifies) => onChange({ verifies })}
          />
          <Check
            label="Ask whether its certificate was revoked"
            checked={form.revocation}
            onChange={(revocation) => onChange({ revocation })}
          />
        </>
      )}
      {passesOn && !saysOwn(form) && (
        <Check
          label="Pass on what a station sends as its password"
          checked={form.authorization}
          onChange={(authorization) => onChange({ authorization })}
        />
      )}
      <Compression
        label="Offer compression"
        asOther={passesOn ? 'As the station does' : undefined}
        value={form.compression}
        onChange={(compression) => onChange({ compression })}
      />
      {passesOn && (
        <p className={css.about}>
          All other headers of a station go on to the CSMS as they come. A password that is given here, in profiles 1
          and 2, takes the place of the station's.
        </p>
      )}
    </>
  );
}

/** Least version of TLS. */
export function Tls({
  value,
  onChange,
}: {
  value: 'TLSv1.2' | 'TLSv1.3';
  onChange: (value: 'TLSv1.2' | 'TLSv1.3') => void;
}): ReactNode {
  return (
    <Choice label="Versions of TLS" options={TLS_VERSIONS} value={value} onChange={(next) => next && onChange(next)} />
  );
}

const COMPRESSIONS = [
  { value: 'on', label: 'Yes' },
  { value: 'off', label: 'No' },
] as const;

/** Whether messages are compressed; through a proxy as on its other leg, unless it is said. */
export function Compression({
  label,
  asOther,
  value,
  onChange,
}: {
  label: string;
  /** What a proxy does by itself, in words; undefined where there is no other leg. */
  asOther: string | undefined;
  value: boolean | undefined;
  onChange: (value: boolean | undefined) => void;
}): ReactNode {
  if (asOther === undefined) {
    return <Check label={label} checked={value ?? false} onChange={(on) => onChange(on || undefined)} />;
  }
  return (
    <div className={css.line}>
      <span>{label}</span>
      <Choice
        label={label}
        none={asOther}
        options={COMPRESSIONS}
        value={value === undefined ? null : value ? 'on' : 'off'}
        onChange={(next) => onChange(next === null ? undefined : next === 'on')}
      />
    </div>
  );
}

/** Certificates of stations that the bench has, or one that it issues by itself. */
function StationCertificate({
  value,
  onChange,
}: {
  value: string | null;
  onChange: (id: string | null) => void;
}): ReactNode {
  const { api } = useWorkbench();
  const [options, setOptions] = useState<readonly { value: string; label: string }[]>([]);
  useEffect(() => {
    let gone = false;
    void api()
      ?.['authority.get']()
      .then((state) => {
        if (gone || !state.ok) return;
        const ours = state.value.certificates.filter(({ role, hasKey }) => role === 'station' && hasKey);
        setOptions(ours.map(({ id, label }) => ({ value: id, label })));
      })
      // Without the list there is still the one that is issued by itself.
      .catch(() => {});
    return () => {
      gone = true;
    };
  }, [api]);
  return (
    <Choice
      label="Certificate of the station"
      none="Issued by the bench to the identity"
      options={options}
      value={value}
      onChange={onChange}
    />
  );
}
