import type { EnergyBetween } from '../../../../session/energy/metering/range-summary.ts';
import { localMoment } from '../../../components/chart/time-words.ts';
import { valueWords } from '../../../components/chart/value-words.ts';

/** An amount of energy in words. */
export interface EnergyWords {
  readonly amount: string;
  /** How it came about, where that is not plain; empty where it is. */
  readonly remark: string;
  /** What hides behind it; empty where nothing does. */
  readonly caution: string;
  /** How it is known. */
  readonly title: string;
}

const HOW: Readonly<Record<EnergyBetween['by'], string>> = {
  register: 'Difference of two readings of the register',
  interval: 'Sum of the intervals that end in it',
  power: 'Integrated from readings of power, evenly between two of them: less exact than a register',
};

/** How much went through between two times, how that is known, and what hides there. */
export function energyWords(energy: EnergyBetween): EnergyWords {
  const { by, unit, interpolated, rolledOver, reset, complete, aligned } = energy;
  const remarks = [
    by === 'power' ? 'from power' : '',
    rolledOver ? 'rolled over' : '',
    interpolated ? 'interpolated' : '',
  ];
  const cautions = [reset ? 'meter reset' : '', !complete && !reset ? 'with gaps' : ''];
  const title = [
    `${HOW[by]}, from ${localMoment(energy.from)} to ${localMoment(energy.to)}`,
    ...(aligned === undefined ? [] : [aligned ? 'only intervals aligned with the clock' : 'only intervals as sampled']),
    ...(interpolated ? ['readings at the ends are interpolated between the ones around them'] : []),
    ...(rolledOver ? ['the register was full and began again at zero'] : []),
    ...(reset ? ['the register was reset or the meter replaced: what was used meanwhile is not known'] : []),
  ];
  return {
    // What was integrated is no more exact than the whole unit.
    amount: valueWords(by === 'power' ? Math.round(energy.energy) : energy.energy, { unit, scales: true }),
    remark: joined(remarks),
    caution: joined(cautions),
    title: `${title.join('; ')}. Messages ${energy.entries.slice(0, 6).join(', ')}${energy.entries.length > 6 ? '…' : ''}`,
  };
}

function joined(words: readonly string[]): string {
  return words.filter((word) => word !== '').join(', ');
}
