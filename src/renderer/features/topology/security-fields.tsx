import { type ReactNode, useState } from 'react';
import type { BenchRole } from '../../../bridge/contract.ts';
import type { UpstreamLost } from '../../../bridge/security.ts';
import { OCPP_VERSIONS } from '../../../ocpp/version.ts';
import { LIMIT_DEFAULTS, type SecurityProfile } from '../../../session/leg-policy.ts';
import { ClientFields, Compression, PROFILE_WORDS, PROFILES, Tls } from '../../app/security/client-fields.tsx';
import { clientOf } from '../../app/security/client-form.ts';
import { Check } from '../../components/check.tsx';
import { Choice } from '../../components/choice.tsx';
import { FormField } from '../../components/form-field.tsx';
import {
  LIMIT_NAMES,
  LIMIT_WORDS,
  type ListenerForm,
  limitsOf,
  listenerOf,
  type SecurityErrors,
  type SecurityForm,
} from './security-form.ts';
import css from './topology.module.css';

const LOST = [
  { value: 'mirror', label: 'closes the station too' },
  { value: 'hold', label: 'keeps the station; calls wait out their time' },
  { value: 'answer', label: 'keeps the station; the built-in CSMS answers' },
] as const satisfies readonly { value: UpstreamLost; label: string }[];

interface Props {
  readonly role: BenchRole;
  /** Whether a CSMS of the user's is connected to. */
  readonly connects: boolean;
  readonly form: SecurityForm;
  readonly errors: SecurityErrors;
  readonly onChange: (part: Partial<SecurityForm>) => void;
}

/** Security towards stations and towards the CSMS, what happens when the CSMS is lost, and limits. */
export function SecurityFields({ role, connects, form, errors, onChange }: Props): ReactNode {
  const { listener, client, limits } = form;
  const changedLimits = Object.keys(limitsOf(limits) ?? {}).length;
  return (
    <>
      {role !== 'station' && (
        <Section
          name="Security towards stations"
          now={PROFILE_WORDS[listener.profile]}
          open={listenerOf(listener) !== undefined}
          wrong={[errors.stations, errors.versions, errors.organization].some((error) => error !== undefined)}
        >
          <Listener
            form={listener}
            errors={errors}
            passesOn={role === 'proxy' && connects}
            onChange={(part) => onChange({ listener: { ...listener, ...part } })}
          />
        </Section>
      )}
      {(role === 'station' || connects) && (
        <Section
          name="Security towards the CSMS"
          now={PROFILE_WORDS[client.profile]}
          open={clientOf(client) !== undefined}
          wrong={errors.clientProfile !== undefined}
        >
          <ClientFields
            form={client}
            passesOn={role === 'proxy'}
            error={errors.clientProfile}
            onChange={(part) => onChange({ client: { ...client, ...part } })}
          />
        </Section>
      )}
      {role === 'proxy' && connects && (
        <div className={css.line}>
          <span>A CSMS that is away</span>
          <Choice<UpstreamLost>
            label="When the CSMS is away"
            options={LOST}
            value={form.upstreamLost}
            onChange={(upstreamLost) => upstreamLost && onChange({ upstreamLost })}
          />
        </div>
      )}
      {role !== 'station' && (
        <Section
          name="Limits"
          now={changedLimits === 0 ? 'Defaults' : `${changedLimits} changed`}
          open={changedLimits > 0}
          wrong={LIMIT_NAMES.some((name) => errors[name] !== undefined)}
        >
          <div className={css.grid}>
            {LIMIT_NAMES.map((name) => (
              <FormField
                key={name}
                label={LIMIT_WORDS[name]}
                value={limits[name]}
                error={errors[name]}
                placeholder={String(LIMIT_DEFAULTS[name])}
                onChange={(value) => onChange({ limits: { ...limits, [name]: value } })}
              />
            ))}
          </div>
        </Section>
      )}
    </>
  );
}

/** A part of the form that is folded away, with how it stands in a few words. */
function Section({
  name,
  now,
  open,
  wrong,
  children,
}: {
  name: string;
  now: string;
  open: boolean;
  /** Something in it is to be put right, so it is not folded away. */
  wrong: boolean;
  children: ReactNode;
}): ReactNode {
  const [opened, setOpened] = useState(open);
  return (
    <details className={css.section} open={opened || wrong} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>
        <span>{name}</span>
        <span className={css.now}>{now}</span>
      </summary>
      <div className={css.inner}>{children}</div>
    </details>
  );
}

function Listener({
  form,
  errors,
  passesOn,
  onChange,
}: {
  form: ListenerForm;
  errors: SecurityErrors;
  /** Stations are passed on to a CSMS of the user's, which agrees with them on versions and compression. */
  passesOn: boolean;
  onChange: (part: Partial<ListenerForm>) => void;
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
      {(profile === 1 || profile === 2) && (
        <FormField
          label="Password of stations"
          value={form.password}
          placeholder="Any; the user name must be the identity"
          secret
          onChange={(password) => onChange({ password })}
        />
      )}
      {profile > 1 && <Tls value={form.minTls} onChange={(minTls) => onChange({ minTls })} />}
      <FormField
        label="Stations that are known, others get 404"
        value={form.stations}
        error={errors.stations}
        placeholder="Everybody"
        onChange={(stations) => onChange({ stations })}
      />
      {!passesOn && (
        <fieldset className={css.checks} aria-label="Versions that are accepted">
          {OCPP_VERSIONS.map((version) => (
            <Check
              key={version}
              label={`OCPP ${version}`}
              checked={form.versions.includes(version)}
              onChange={(on) =>
                onChange({
                  versions: OCPP_VERSIONS.filter((one) => (one === version ? on : form.versions.includes(one))),
                })
              }
            />
          ))}
          {errors.versions !== undefined && (
            <p className={css.error} role="alert">
              {errors.versions}
            </p>
          )}
        </fieldset>
      )}
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
