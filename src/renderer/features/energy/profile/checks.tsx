import { type ReactNode, useMemo } from 'react';
import { createInterpretingValidator } from '../../../../ocpp/interpreting-validator.ts';
import type { JsonObject } from '../../../../ocpp/json.ts';
import type { OcppVersion } from '../../../../ocpp/version.ts';
import type { Edit } from '../../../../session/energy/profile-draft/edits.ts';
import type { DraftFinding } from '../../../../session/energy/profile-draft/facts.ts';
import type { DraftLimits } from '../../../../session/energy/profile-draft/limits.ts';
import { count } from '../../../app/format.ts';
import { visibleLine } from '../../../app/visible-text.ts';
import { Button } from '../../../components/button.tsx';
import { SeverityMark } from '../../../components/severity-mark.tsx';
import css from './checks.module.css';

const validator = createInterpretingValidator();

/** What the schema of the version says of a request. */
export function useViolations(version: OcppVersion, payload: JsonObject): readonly DraftFinding[] {
  return useMemo(
    () =>
      validator.validate(version, 'SetChargingProfile', 'request', payload).map(({ rule, pointer, sentence }) => ({
        severity: 'error',
        rule: `schema.${rule}`,
        requirements: [`schema of ${version}`],
        pointer,
        sentence,
        ...placeOf(pointer),
      })),
    [version, payload],
  );
}

function placeOf(pointer: string): Pick<DraftFinding, 'place'> {
  const period = /chargingSchedulePeriod\/(\d+)/.exec(pointer)?.[1];
  const schedule = /chargingSchedule\/(\d+)/.exec(pointer)?.[1];
  return period === undefined ? {} : { place: { schedule: Number(schedule ?? 0), period: Number(period) } };
}

/** What is to be said of the draft: each with what it rests on, and what would put it right. */
export function Checks({
  findings,
  onEdit,
  onPeriod,
  onEntry,
}: {
  findings: readonly DraftFinding[];
  onEdit: (...edits: readonly Edit[]) => void;
  onPeriod: (schedule: number, period: number) => void;
  onEntry: (entry: number) => void;
}): ReactNode {
  if (findings.length === 0) {
    return <p className={css.fine}>Nothing objects: neither the schema, nor a rule, nor a limit of the station.</p>;
  }
  return (
    <ul className={css.findings} aria-label="What is to be said of it">
      {findings.map(({ severity, rule, requirements, sentence, place, entry, remedy }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no other name
        <li key={index}>
          <SeverityMark severity={severity} />
          <div>
            <span title={rule}>{visibleLine(sentence, 400)}</span>{' '}
            {requirements.length > 0 && <span className={css.cited}>{requirements.join(', ')}</span>}
            <span className={css.actions}>
              {remedy && (
                <Button className={css.remedy} onClick={() => onEdit(...remedy.edits)}>
                  {visibleLine(remedy.words, 60)}
                </Button>
              )}
              {place?.period !== undefined && (
                <button type="button" className={css.link} onClick={() => onPeriod(place.schedule, place.period ?? 0)}>
                  {`Period ${place.period + 1}`}
                </button>
              )}
              {entry !== undefined && entry > 0 && (
                <button type="button" className={css.link} onClick={() => onEntry(entry)}>
                  {`#${count(entry)}`}
                </button>
              )}
            </span>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** What the station said that it takes, each with the message that told it. */
export function Limits({ limits, onEntry }: { limits: DraftLimits; onEntry: (entry: number) => void }): ReactNode {
  const told = Object.values(limits);
  return (
    <details className={css.limits}>
      <summary>
        {told.length === 0 ? 'The station told none of its limits' : `The station told ${told.length} of its limits`}
      </summary>
      {told.length === 0 ? (
        <p className={css.hint}>
          GetConfiguration (1.6), GetBaseReport or GetVariables (2.x) ask for them; then they are held against the
          draft.
        </p>
      ) : (
        <table>
          <tbody>
            {told.map(({ name, text, entry }) => (
              <tr key={name}>
                <th scope="row">{visibleLine(name, 60)}</th>
                <td>{visibleLine(text, 80)}</td>
                <td>
                  {entry > 0 && (
                    <button type="button" className={css.link} onClick={() => onEntry(entry)}>
                      {`#${count(entry)}`}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}
