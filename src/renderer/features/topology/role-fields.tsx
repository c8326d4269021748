import type { ReactNode } from 'react';
import { OCPP_VERSIONS, type OcppVersion } from '../../../ocpp/version.ts';
import { Check } from '../../components/check.tsx';
import { Choice } from '../../components/choice.tsx';
import { FormField } from '../../components/form-field.tsx';
import { SecurityFields } from './security-fields.tsx';
import type { FormErrors, SetupForm } from './setup-form.ts';
import css from './topology.module.css';

const VERSIONS = OCPP_VERSIONS.map((version) => ({ value: version, label: `OCPP ${version}` }));

/** The few fields that a role has. */
export function RoleFields({
  form,
  errors,
  onChange,
}: {
  form: SetupForm;
  errors: FormErrors;
  onChange: (part: Partial<SetupForm>) => void;
}): ReactNode {
  const { role } = form;
  return (
    <>
      {role !== 'station' && (
        <FormField
          label="Port for stations"
          value={form.port}
          error={errors.port}
          short
          onChange={(port) => onChange({ port })}
        />
      )}
      {role === 'proxy' && (
        <Check
          label="Pass stations on to a CSMS of yours"
          checked={form.elsewhere}
          onChange={(elsewhere) => onChange({ elsewhere })}
        />
      )}
      {role === 'proxy' && form.elsewhere && (
        <FormField
          label="URL of the CSMS"
          value={form.upstream}
          error={errors.upstream}
          placeholder="wss://csms.example/ocpp"
          onChange={(upstream) => onChange({ upstream })}
        />
      )}
      {role === 'station' && (
        <FormField
          label="URL of the CSMS; the identity is appended"
          value={form.url}
          error={errors.url}
          placeholder="wss://csms.example/ocpp"
          onChange={(url) => onChange({ url })}
        />
      )}
      {role !== 'station' && (
        <Check
          label="The built-in station takes part"
          checked={form.station}
          onChange={(station) => onChange({ station })}
        />
      )}
      {(role === 'station' || form.station) && (
        <div className={css.pair}>
          <FormField
            label="Identity of the station"
            value={form.id}
            error={errors.id}
            onChange={(id) => onChange({ id })}
          />
          <Choice<OcppVersion>
            label="Version of the station"
            options={VERSIONS}
            value={form.version}
            onChange={(version) => version && onChange({ version })}
          />
        </div>
      )}
      <SecurityFields
        role={role}
        connects={role === 'proxy' && form.elsewhere}
        form={form.security}
        errors={errors}
        onChange={(part) => onChange({ security: { ...form.security, ...part } })}
      />
    </>
  );
}
