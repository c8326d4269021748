import type { ReactNode } from 'react';
import type { DerControlPicture, DerPicture } from '../../../../session/energy/der/der-picture.ts';
import { quantity } from '../../../../session/energy/der/der-words.ts';
import { dateAndTime } from '../../../app/format.ts';
import { visibleLine } from '../../../app/visible-text.ts';
import { localTime } from '../../../components/chart/time-words.ts';
import { FactsTable } from '../../../components/data-table.tsx';
import { SeverityMark } from '../../../components/severity-mark.tsx';
import { EntryLink } from '../entry-link.tsx';
import css from './der.module.css';
import { StateMark } from './state-mark.tsx';
import { VerdictLine } from './verdict-line.tsx';

const UNITS = { voltage: 'V', frequency: 'Hz', activePower: 'W', reactivePower: 'var' } as const;
const NAMES = {
  voltage: 'Voltage',
  frequency: 'Frequency',
  activePower: 'Active power',
  reactivePower: 'Reactive power',
} as const;

/** What is measured, and everything that there is to say of the control that is drawn. */
export function ControlDetail({ picture }: { picture: DerPicture }): ReactNode {
  const { selected, conflicts } = picture;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys too
    <section className={css.detail} aria-label="Control and operating point" tabIndex={0}>
      <OperatingPoint picture={picture} />
      {selected && <Selected control={selected} />}
      {conflicts.map((sentence) => (
        <p key={sentence} className={css.conflict}>
          <SeverityMark severity="info" /> <span>{sentence}</span>
        </p>
      ))}
      <Ratings picture={picture} />
      <Refused picture={picture} />
      <Remarks picture={picture} />
    </section>
  );
}

function OperatingPoint({ picture: { at, evseId, measured } }: { picture: DerPicture }): ReactNode {
  return (
    <>
      <h3 className={css.heading}>
        Operating point{evseId === null || evseId === 0 ? '' : ` of EVSE ${evseId}`}{' '}
        <span className={css.small}>{localTime(at, 'seconds')}</span>
      </h3>
      {measured.length === 0 ? (
        <p className={css.note}>Nothing was measured in the 20 minutes before.</p>
      ) : (
        <FactsTable className={css.facts}>
          <tbody>
            {measured.map(({ quantity: what, value, at: measuredAt, entry }) => (
              <tr key={what}>
                <th scope="row">{NAMES[what]}</th>
                <td className={css.number}>{quantity(value, UNITS[what])}</td>
                <td className={css.small}>
                  {localTime(measuredAt, 'seconds')} <EntryLink entry={entry} />
                </td>
              </tr>
            ))}
          </tbody>
        </FactsTable>
      )}
      {measured.some(({ quantity: what }) => what.endsWith('Power')) && (
        <p className={css.note}>Power into the grid is positive here, as in DER controls.</p>
      )}
    </>
  );
}

function Selected({ control }: { control: DerControlPicture }): ReactNode {
  const { title, id, isDefault, priority, entry, receivedAt, start, end, state, why, since } = control;
  return (
    <>
      <h3 className={css.heading}>
        {title} <StateMark state={state} />
      </h3>
      <p className={css.sentence}>
        {why}
        {since !== null && <span className={css.small}> Since {dateAndTime(since)}.</span>}
      </p>
      {control.verdict && (
        <p className={css.sentence}>
          <VerdictLine verdict={control.verdict} />
        </p>
      )}
      {control.faults.map(({ code, sentence }) => (
        <p key={`${code} ${sentence}`} className={css.sentence}>
          <SeverityMark severity="warning" /> {sentence}
        </p>
      ))}
      <FactsTable className={css.facts}>
        <tbody>
          <Fact name="Id">
            <code>{visibleLine(id, 60)}</code>
          </Fact>
          <Fact name="Kind">
            {isDefault ? 'default' : 'scheduled'}, priority {priority}
            {priority === 0 && ' (highest)'}
          </Fact>
          <Fact name="Received">
            {dateAndTime(receivedAt)} <EntryLink entry={entry} />
          </Fact>
          {start !== null && <Fact name="Start">{dateAndTime(start)}</Fact>}
          {!isDefault && <Fact name="End">{end === null ? 'none' : dateAndTime(end)}</Fact>}
          {control.parameters.map(({ name, value }) => (
            <Fact key={name} name={name}>
              {value}
            </Fact>
          ))}
        </tbody>
      </FactsTable>
      {control.notes.map((note) => (
        <p key={note} className={css.note}>
          {note}
        </p>
      ))}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td colSpan={2}>{children}</td>
    </tr>
  );
}

const RATING_UNITS = {
  maxW: 'W',
  maxVar: 'var',
  maxVarNeg: 'var',
  maxVA: 'VA',
  maxChargeRateW: 'W',
  vNom: 'V',
} as const;

function Ratings({ picture: { ratings } }: { picture: DerPicture }): ReactNode {
  return (
    <>
      <h3 className={css.heading}>Ratings of the inverter</h3>
      {ratings.length === 0 ? (
        <p className={css.note}>
          No message told any: DCDERCtrlr of the device model, or derChargingParameters of NotifyEVChargingNeeds.
          Percentages stay percentages.
        </p>
      ) : (
        <FactsTable className={css.facts}>
          <tbody>
            {ratings.map(({ name, variable, value, entry, by }) => (
              <tr key={name}>
                <th scope="row">{variable}</th>
                <td className={css.number}>{quantity(value, RATING_UNITS[name])}</td>
                <td className={css.small}>
                  {by} <EntryLink entry={entry} />
                </td>
              </tr>
            ))}
          </tbody>
        </FactsTable>
      )}
    </>
  );
}

function Refused({ picture: { refused } }: { picture: DerPicture }): ReactNode {
  if (refused.length === 0) return null;
  return (
    <>
      <h3 className={css.heading}>Not accepted</h3>
      <ul className={css.remarks}>
        {refused.map(({ id, type, status, reason, entry }) => (
          <li key={entry}>
            {visibleLine(type, 40)} <code>{visibleLine(id, 40)}</code>: {visibleLine(status, 40)}
            {reason !== null && `, ${visibleLine(reason, 120)}`} <EntryLink entry={entry} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Remarks({ picture: { remarks, remarksInAll } }: { picture: DerPicture }): ReactNode {
  if (remarks.length === 0) return null;
  return (
    <>
      <h3 className={css.heading}>Remarks</h3>
      <ul className={css.remarks}>
        {remarks.map(({ at, entry, code, sentence }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: remarks have no name, and their order stays
          <li key={index}>
            <span className={css.small}>{localTime(at, 'seconds')}</span> {visibleLine(sentence, 300)}{' '}
            {!sentence.includes(code) && code !== 'field' && <span className={css.small}>{code}</span>}{' '}
            <EntryLink entry={entry} />
          </li>
        ))}
      </ul>
      {remarks.length < remarksInAll && <p className={css.note}>The latest {remarks.length} are shown.</p>}
    </>
  );
}
