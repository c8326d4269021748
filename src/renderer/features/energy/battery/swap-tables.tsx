import type { ReactNode } from 'react';
import type { SwapPicture } from '../../../../session/energy/battery/battery-picture.ts';
import { countOf, timeOfDay } from '../../../app/format.ts';
import { visibleLine } from '../../../app/visible-text.ts';
import { DataTable } from '../../../components/data-table.tsx';
import { EntryLink } from '../entry-link.tsx';
import css from './battery.module.css';
import { EVENT_WORDS, percent } from './battery-words.ts';

/** What is in each slot now. */
export function SlotTable({ swaps }: { swaps: SwapPicture }): ReactNode {
  const { slots, targetSoC } = swaps;
  return (
    <DataTable className={css.table} aria-label="Slots">
      <thead>
        <tr>
          <th scope="col">Slot</th>
          <th scope="col">State</th>
          <th scope="col">Battery</th>
          <th scope="col" className={css.number}>
            SoC
          </th>
          <th scope="col" className={css.number}>
            SoH
          </th>
          <th scope="col" />
        </tr>
      </thead>
      <tbody>
        {slots.map(({ slot, state, serialNumber, soc, soH, entry }) => (
          <tr key={slot}>
            <th scope="row">{slot}</th>
            <td>
              {state ?? '–'}
              {state === 'Occupied' && soc !== null && targetSoC !== null && soc >= targetSoC && (
                <span className={css.good}> · ready</span>
              )}
            </td>
            <td>{serialNumber === null ? '–' : visibleLine(serialNumber, 40)}</td>
            <td className={css.number}>{percent(soc)}</td>
            <td className={css.number}>{percent(soH)}</td>
            <td className={css.number}>{entry !== null && <EntryLink entry={entry} />}</td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

interface Line {
  readonly at: number;
  readonly entry: number;
  readonly what: string;
  readonly tone: string | undefined;
  readonly requestId: number | null;
  readonly idToken: string | null;
  readonly battery: SwapPicture['events'][number]['batteries'][number] | null;
  readonly note: string | null;
}

/** What was put in, taken out and asked for, the latest first. */
export function SwapEvents({ swaps }: { swaps: SwapPicture }): ReactNode {
  const lines = linesOf(swaps);
  return (
    <section className={css.events} aria-label="Swaps">
      <DataTable className={css.table}>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Event</th>
            <th scope="col" className={css.number}>
              Swap
            </th>
            <th scope="col" className={css.number}>
              Slot
            </th>
            <th scope="col">Battery</th>
            <th scope="col" className={css.number}>
              SoC
            </th>
            <th scope="col" className={css.number}>
              SoH
            </th>
            <th scope="col">Driver</th>
            <th scope="col" />
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.entry} ${line.battery?.slot ?? ''} ${line.battery?.serialNumber ?? ''}`}>
              <td className={css.time}>{timeOfDay(line.at).slice(0, 8)}</td>
              <td>
                <span className={line.tone}>{line.what}</span>
                {line.note !== null && <span className={css.small}> · {visibleLine(line.note, 80)}</span>}
              </td>
              <td className={css.number}>{line.requestId ?? '–'}</td>
              <td className={css.number}>{line.battery?.slot ?? '–'}</td>
              <td>{line.battery ? visibleLine(line.battery.serialNumber, 40) : '–'}</td>
              <td className={css.number}>{percent(line.battery?.stateOfCharge ?? null)}</td>
              <td className={css.number}>{percent(line.battery?.stateOfHealth ?? null)}</td>
              <td>{line.idToken === null ? '–' : visibleLine(line.idToken, 36)}</td>
              <td className={css.number}>
                <EntryLink entry={line.entry} />
              </td>
            </tr>
          ))}
        </tbody>
      </DataTable>
      {lines.length === 0 && <p className={css.small}>No swap so far.</p>}
      {swaps.eventsInAll > swaps.events.length && (
        <p className={css.small}>The latest of {countOf(swaps.eventsInAll, 'event')}.</p>
      )}
    </section>
  );
}

function linesOf({ events, requests }: SwapPicture): readonly Line[] {
  const told = events.flatMap(({ at, entry, event, requestId, idToken, batteries }): readonly Line[] => {
    const what = EVENT_WORDS[event] ?? event;
    const tone = event === 'BatteryOutTimeout' ? css.warning : undefined;
    const of = batteries.length > 0 ? batteries : [null];
    return of.map((battery) => ({ at, entry, what, tone, requestId, idToken, battery, note: null }));
  });
  const asked = requests.map(
    ({ at, entry, requestId, idToken, status, reason }): Line => ({
      ...{ at, entry, requestId, idToken, battery: null },
      what: status === 'Accepted' ? 'Asked for' : `Asked for, ${status}`,
      tone: status === 'Accepted' ? undefined : css.warning,
      note: reason,
    }),
  );
  return [...told, ...asked].sort((a, b) => b.at - a.at);
}
