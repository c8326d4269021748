import type { ReactNode } from 'react';
import type { SitePicture } from '../../../../session/energy/site/site-picture.ts';
import { count } from '../../../app/format.ts';
import { visibleLine } from '../../../app/visible-text.ts';
import { lastIndexAt } from '../../../components/chart/series-at.ts';
import { localMoment } from '../../../components/chart/time-words.ts';
import { valueWords } from '../../../components/chart/value-words.ts';
import css from './site.module.css';
import { headroom, layerColour, layerName, limitAt, WATTS } from './site-spec.ts';

const AMOUNT = { unit: 'Wh', scales: true } as const;

/** What each station takes at the cursor, and how much went through in all of what is shown. */
export function SiteTable({
  picture,
  limit,
  at,
  onSelect,
}: {
  picture: SitePicture;
  limit: number | null;
  at: number;
  onSelect: (entry: number) => void;
}): ReactNode {
  const index = Math.max(0, lastIndexAt(picture.at, Math.min(at, picture.to - 1)));
  const begin = picture.at[index] ?? picture.from;
  const total = picture.total[index] ?? null;
  const most = limitAt(picture, limit)(begin);
  const left = headroom(total, most);
  const watts = (value: number | null): string => (value === null ? '–' : valueWords(Math.round(value), WATTS));
  return (
    <table className={css.table}>
      <caption>{localMoment(begin)}</caption>
      <thead>
        <tr>
          <th scope="col">Station</th>
          <th scope="col">Power</th>
          <th scope="col">Energy</th>
          <th scope="col">Message</th>
        </tr>
      </thead>
      <tbody>
        {picture.layers.map((layer, place) => {
          const entry = layer.entry[index] ?? 0;
          return (
            <tr key={layer.station ?? '*'}>
              <th scope="row">
                <span className={css.swatch} data-colour={layerColour(layer, place)} />
                {visibleLine(layerName(layer), 40)}
              </th>
              <td>{watts(layer.value[index] ?? null)}</td>
              <td>
                {valueWords(Math.round(layer.taken), AMOUNT)}
                {layer.given > 0 && ` / −${valueWords(Math.round(layer.given), AMOUNT)}`}
              </td>
              <td>
                {entry > 0 && (
                  <button type="button" className={css.link} onClick={() => onSelect(entry)}>
                    {`#${count(entry)}`}
                  </button>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Total</th>
          <td>{watts(total)}</td>
          <td>{valueWords(Math.round(picture.layers.reduce((sum, { taken }) => sum + taken, 0)), AMOUNT)}</td>
          <td />
        </tr>
        <tr>
          <th scope="row">{limit === null ? 'Stations may take' : 'Site limit'}</th>
          <td>{most === null ? 'no limit' : watts(most)}</td>
          <td />
          <td />
        </tr>
        <tr data-over={(left ?? 0) < 0 || undefined}>
          <th scope="row">{left !== null && left < 0 ? 'Over the limit' : 'Headroom'}</th>
          <td>{left === null ? '–' : watts(Math.abs(left))}</td>
          <td />
          <td />
        </tr>
        {picture.silent > 0 && (
          <tr>
            <td colSpan={4}>{`${count(picture.silent)} more told nothing of their power in this time.`}</td>
          </tr>
        )}
      </tfoot>
    </table>
  );
}
