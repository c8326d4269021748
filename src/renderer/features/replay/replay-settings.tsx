import type { ReactNode } from 'react';
import { ClientFields, PROFILE_WORDS } from '../../app/security/client-fields.tsx';
import { clientOf, profileMisfit } from '../../app/security/client-form.ts';
import { ListenerFields } from '../../app/security/listener-fields.tsx';
import { listenerErrors, listenerOf } from '../../app/security/listener-form.ts';
import { usePeers } from '../../app/use-peers.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { Button } from '../../components/button.tsx';
import { Check } from '../../components/check.tsx';
import { Choice } from '../../components/choice.tsx';
import { Popover } from '../../components/popover.tsx';
import { ToolBar } from '../../components/tool-bar.tsx';
import css from './replay.module.css';
import type { ReplayForm } from './replay-form.ts';

const PACES = [
  { value: 'as-answered', label: 'As fast as answered' },
  { value: 'original', label: 'With the recorded pauses' },
  { value: 'faster', label: 'Pauses shortened' },
  { value: 'step', label: 'Step by step' },
] as const;

interface SecurityProps {
  readonly form: ReplayForm;
  readonly onChange: (part: Partial<ReplayForm>) => void;
}

/** To whom, how fast, and with what changed. */
export function ReplaySettings({
  form,
  disabled,
  onChange,
  children,
}: {
  form: ReplayForm;
  disabled: boolean;
  onChange: (form: ReplayForm) => void;
  children: ReactNode;
}): ReactNode {
  const peers = usePeers();
  const needed = form.side === 'station' ? 'csms' : 'station';
  const targets = [
    form.side === 'station'
      ? { value: 'url', label: 'Connect to a CSMS' }
      : { value: 'listen', label: 'Wait for a station' },
    ...peers
      .filter(({ peer }) => peer === needed)
      .map(({ link, station, by }) => {
        const words = needed === 'csms' ? 'CSMS of ' : '';
        return {
          value: String(link),
          label: `${words}${visibleLine(station, 40)} (${by === 'proxy' ? 'through the proxy' : 'connected'})`,
        };
      }),
  ];
  const target = targets.some(({ value }) => value === form.target) ? form.target : (targets[0]?.value ?? '');
  const change = (part: Partial<ReplayForm>): void => onChange({ ...form, target, ...part });
  return (
    <ToolBar className={css.bar}>
      <fieldset className={css.settings} disabled={disabled} aria-label="How it is replayed">
        <Choice label="To" options={targets} value={target} onChange={(value) => change({ target: value ?? target })} />
        {target === 'url' && (
          <>
            <input
              className={css.url}
              aria-label="URL of the CSMS, without the station's identity"
              value={form.url}
              spellCheck={false}
              onChange={({ target: { value } }) => change({ url: value })}
            />
            <CsmsSecurity form={form} onChange={change} />
          </>
        )}
        {target === 'listen' && (
          <>
            <label className={css.field}>
              Port
              <input
                className={css.number}
                inputMode="numeric"
                value={form.port}
                onChange={({ target: { value } }) => change({ port: value })}
              />
            </label>
            <StationSecurity form={form} onChange={change} />
            <Check label="any identity" checked={form.anyStation} onChange={(anyStation) => change({ anyStation })} />
          </>
        )}
        <Choice
          label="Pace"
          options={PACES}
          value={form.pace}
          onChange={(pace) => change({ pace: pace ?? form.pace })}
        />
        {form.pace === 'faster' && (
          <label className={css.field}>
            times
            <input
              className={css.number}
              inputMode="decimal"
              value={form.speed}
              onChange={({ target: { value } }) => change({ speed: value })}
            />
          </label>
        )}
        <Check label="new ids" checked={form.freshIds} onChange={(freshIds) => change({ freshIds })} />
        <Check label="times of now" checked={form.shiftTimes} onChange={(shiftTimes) => change({ shiftTimes })} />
        <Check
          label="live transactions"
          checked={form.mapTransactions}
          onChange={(mapTransactions) => change({ mapTransactions })}
        />
      </fieldset>
      <span className={css.actions}>{children}</span>
    </ToolBar>
  );
}

/** How the CSMS at the URL is connected to: the same for all stations of the recording. */
function CsmsSecurity({ form: { url, security }, onChange }: SecurityProps): ReactNode {
  return (
    <Security
      towards="the CSMS"
      now={clientOf(security) && PROFILE_WORDS[security.profile]}
      about="Where nothing is set, the port of the bench gets what it asks for, and any other CSMS nothing."
    >
      <ClientFields
        form={security}
        passesOn={false}
        error={profileMisfit(security.profile, url.trim())}
        onChange={(part) => onChange({ security: { ...security, ...part } })}
      />
    </Security>
  );
}

/** What is asked of the stations that are waited for. */
function StationSecurity({ form: { listener }, onChange }: SecurityProps): ReactNode {
  return (
    <Security
      towards="stations"
      now={listenerOf(listener) && PROFILE_WORDS[listener.profile]}
      about="In profiles 2 and 3 the port presents certificates of the bench, for the names of this machine."
    >
      <ListenerFields
        form={listener}
        errors={listenerErrors(listener)}
        onChange={(part) => onChange({ listener: { ...listener, ...part } })}
      />
    </Security>
  );
}

function Security({
  towards,
  now = 'none set',
  about,
  children,
}: {
  towards: string;
  /** How it stands, in a few words. */
  now: string | undefined;
  about: string;
  children: ReactNode;
}): ReactNode {
  return (
    <Popover title={`Security towards ${towards}`} trigger={<Button>{`Security: ${now}`}</Button>}>
      <div className={css.security}>
        <p className={css.about}>{about}</p>
        {children}
      </div>
    </Popover>
  );
}
