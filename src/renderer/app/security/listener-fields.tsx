import type { ReactNode } from 'react';
import type { SecurityProfile } from '../../../session/leg-policy.ts';
import { Check } from '../../components/check.tsx';
import { Choice } from '../../components/choice.tsx';
import { FormField } from '../../components/form-field.tsx';
import { Compression, PROFILES, Tls } from './client-fields.tsx';
import { hasPassword } from './client-form.ts';
import type { ListenerErrors, ListenerForm } from './listener-form.ts';

/** What is asked of stations that connect: profile, password or certificate, TLS; `children` are what only a role asks. */
export function ListenerFields({
  form,
  errors,
  passesOn = false,
  onChange,
  children,
}: {
  form: ListenerForm;
  errors: ListenerErrors;
  /** Stations are passed on to a CSMS of the user's, which agrees with them on versions and compression. */
  passesOn?: boolean;
  onChange: (part: Partial<ListenerForm>) => void;
  children?: ReactNode;
}): ReactNode {
  const { profile } = form;
  return (
    <>
      <Choice
        label="Profile of stations"
        options={PROFILES}
        value={String(profile)}
        onChange={(value) => value && onChange({ profile: Number(value) as SecurityProfile })}
      />
      {hasPassword(profile) && (
        <FormField
          label="Password of stations"
          value={form.password}
          error={errors.password}
          placeholder="Any; the user name must be the identity"
          secret
          onChange={(password) => onChange({ password })}
        />
      )}
      {profile > 1 && <Tls value={form.minTls} onChange={(minTls) => onChange({ minTls })} />}
      {children}
      {profile === 3 && (
        <FormField
          label="CSO that certificates of stations must name"
          value={form.organization}
          error={errors.organization}
          placeholder="Any organization (O)"
          onChange={(organization) => onChange({ organization })}
        />
      )}
      {profile === 3 && (
        <Check
          label="Ask whether certificates were revoked"
          checked={form.revocation}
          onChange={(revocation) => onChange({ revocation })}
        />
      )}
      <Compression
        label={passesOn ? 'Agree on compression' : 'Compress messages where stations offer it'}
        asOther={passesOn ? 'As the CSMS does' : undefined}
        value={form.compression}
        onChange={(compression) => onChange({ compression })}
      />
    </>
  );
}
