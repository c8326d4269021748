import { BadgeCheck, BadgeX, CircleHelp, FileWarning, type LucideIcon } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useStore } from 'zustand';
import type { SignedEnd, SignedPicture, VerifiedValue } from '../../../../session/energy/signed/signed-picture.ts';
import { dateAndTime } from '../../../app/format.ts';
import { visibleLine } from '../../../app/visible-text.ts';
import { useWorkbench } from '../../../app/workbench.ts';
import { CopyButton } from '../../../components/copy-button.tsx';
import { FactsTable } from '../../../components/data-table.tsx';
import { EntryLink } from '../entry-link.tsx';
import { keyName } from './meter-keys.ts';
import css from './transactions.module.css';

type State = SignedPicture['state'];

const STATES: Readonly<Record<State, { readonly word: string; readonly icon: LucideIcon }>> = {
  valid: { word: 'Valid', icon: BadgeCheck },
  invalid: { word: 'Not valid', icon: BadgeX },
  unverified: { word: 'Not verified', icon: CircleHelp },
  unreadable: { word: 'Cannot be read', icon: FileWarning },
  none: { word: 'Not signed', icon: CircleHelp },
};

/** A verdict by shape, word and, last, colour. */
export function SignedMark({ state }: { state: State }): ReactNode {
  const { word, icon: Icon } = STATES[state];
  return (
    <span className={`${css.mark} ${css[state]}`}>
      <Icon size={14} aria-hidden />
      {word}
    </span>
  );
}

/** The signed begin and end of a transaction, the verdict on each signed value, and the key of the meter. */
export function SignedPanel({
  picture,
  station,
  evseId,
}: {
  picture: SignedPicture;
  station: string;
  evseId: number;
}): ReactNode {
  const { begin, end, energy, state, sentence, problems, values, valuesInAll } = picture;
  return (
    <section className={css.signed} aria-label="Signed meter values">
      <h3 className={css.heading}>
        Signed meter values <SignedMark state={state} />
      </h3>
      <p className={css.sentence}>{sentence}</p>
      {state !== 'none' && (
        <FactsTable className={css.facts}>
          <tbody>
            <EndRow name="Signed begin" end={begin} />
            <EndRow name="Signed end" end={end} />
            <tr>
              <th scope="row">Signed energy</th>
              <td>{energy === null ? 'Cannot be said' : `${(energy / 1000).toFixed(4)} kWh`}</td>
              <td />
            </tr>
          </tbody>
        </FactsTable>
      )}
      {problems.length > 0 && (
        <ul className={css.problems} aria-label="What breaks the course">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      {values.map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the values of a transaction are only ever added to
        <Value key={index} value={value} />
      ))}
      {values.length < valuesInAll && (
        <p className={css.sentence}>
          The first {values.length} of {valuesInAll} signed values are shown.
        </p>
      )}
      <KeyField key={keyName(station, evseId)} station={station} evseId={evseId} />
    </section>
  );
}

function EndRow({ name, end }: { name: string; end: SignedEnd | null }): ReactNode {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{end === null ? 'None' : `${end.digits ?? '?'}\u00a0${end.unit ?? ''}`}</td>
      <td>
        {end !== null && (
          <>
            {dateAndTime(end.at)} <EntryLink entry={end.entry} />{' '}
            {end.state !== 'valid' && <SignedMark state={end.state} />}{' '}
            <span className={css.small}>
              {end.timeState}
              {end.obis !== null && `, OBIS ${visibleLine(end.obis, 30)}`}
            </span>
          </>
        )}
      </td>
    </tr>
  );
}

function Value({ value: { entry, at, context, measurand, verification } }: { value: VerifiedValue }): ReactNode {
  const { state, sentence, remarks, encodingMethod, signingMethod, pagination, meter, meterSerial, key } = verification;
  const source = [meter, meterSerial].filter((part) => part !== null).join(' ');
  const form = [encodingMethod, signingMethod, pagination].filter((part) => part !== null && part !== '').join(' · ');
  return (
    <details className={css.value} open={state !== 'valid'}>
      <summary>
        <SignedMark state={state} /> {context} · {measurand} <span className={css.small}>{dateAndTime(at)}</span>
      </summary>
      <p className={css.sentence}>
        {sentence} <EntryLink entry={entry} />
      </p>
      {remarks.map((remark) => (
        <p key={remark} className={css.sentence}>
          {remark}
        </p>
      ))}
      <p className={css.small}>
        {visibleLine(form, 120)}
        {source !== '' && ` · meter ${visibleLine(source, 80)}`}
      </p>
      {key && (
        <p className={css.key}>
          <span className={css.small}>
            Public key, {key.curve}, of the {key.source}
            {key.entry !== null && (
              <>
                {' '}
                <EntryLink entry={key.entry} />
              </>
            )}
          </span>
          <code>{key.printed}</code>
          <CopyButton text={() => key.printed} label="Copy public key" />
        </p>
      )}
    </details>
  );
}

/** Where the user puts in the key that is printed on the meter. */
function KeyField({ station, evseId }: { station: string; evseId: number }): ReactNode {
  const { preferences, energy } = useWorkbench();
  const version = useStore(
    energy.state,
    ({ overview }) => overview?.stations.find((each) => each.station === station)?.version,
  );
  const meterKeys = useStore(preferences.state, (state) => state.meterKeys);
  const name = keyName(station, evseId);
  const [text, setText] = useState(meterKeys[name] ?? '');
  const id = useId();
  const keep = (next: string): void => {
    setText(next);
    const { [name]: _, ...others } = meterKeys;
    preferences.set({ meterKeys: next.trim() === '' ? others : { ...others, [name]: next.trim() } });
  };
  return (
    <div className={css.keyField}>
      <label htmlFor={id}>
        Public key on the meter
        {evseId > 0 && ` of ${version === '1.6' ? 'connector' : 'EVSE'} ${evseId}`}{' '}
        <span className={css.small}>hexadecimal, base64 or PEM</span>
      </label>
      <textarea id={id} rows={2} spellCheck={false} value={text} onChange={(event) => keep(event.target.value)} />
    </div>
  );
}
