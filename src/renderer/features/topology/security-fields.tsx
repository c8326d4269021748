import { type ReactNode, useState } from 'react';
import type { BenchRole } from '../../../bridge/contract.ts';
import type { UpstreamLost } from '../../../bridge/security.ts';
import { OCPP_VERSIONS } from '../../../ocpp/version.ts';
import { LIMIT_DEFAULTS } from '../../../session/leg-policy.ts';
import { ClientFields, PROFILE_WORDS } from '../../app/security/client-fields.tsx';
import { clientOf } from '../../app/security/client-form.ts';
import { ListenerFields } from '../../app/security/listener-fields.tsx';
import { LISTENER_FIELDS, type ListenerForm, listenerOf } from '../../app/security/listener-form.ts';
import { Check } from '../../components/check.tsx';
import { Choice } from '../../components/choice.tsx';
import { FormField } from '../../components/form-field.tsx';
import { LIMIT_NAMES, LIMIT_WORDS, limitsOf, type SecurityErrors, type SecurityForm } from './security-form.ts';
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
  const change = (part: Partial<ListenerForm>): void => onChange({ listener: { ...listener, ...part } });
  // Stations are passed on to a CSMS of the user's, which agrees with them on versions and compression.
  const passesOn = role === 'proxy' && connects;
  const changedLimits = Object.keys(limitsOf(limits) ?? {}).length;
  return (
    <>
      {role !== 'station' && (
        <Section
          name="Security towards stations"
          now={PROFILE_WORDS[listener.profile]}
          open={listenerOf(listener) !== undefined}
          wrong={LISTENER_FIELDS.some((name) => errors[name] !== undefined)}
        >
          <ListenerFields form={listener} errors={errors} passesOn={passesOn} onChange={change}>
            <FormField
              label="Stations that are known, others get 404"
              value={listener.stations}
              error={errors.stations}
              placeholder="Everybody"
              onChange={(stations) => change({ stations })}
            />
            {!passesOn && (
              <fieldset className={css.checks} aria-label="Versions that are accepted">
                {OCPP_VERSIONS.map((version) => (
                  <Check
                    key={version}
                    label={`OCPP ${version}`}
                    checked={listener.versions.includes(version)}
                    onChange={(on) =>
                      change({
                        versions: OCPP_VERSIONS.filter((one) =>
                          one === version ? on : listener.versions.includes(one),
                        ),
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
          </ListenerFields>
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
