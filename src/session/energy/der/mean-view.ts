import type { DerCurve } from '../../../ocpp/der/control.ts';
import { meanAt } from '../../../ocpp/der/mean-voltage.ts';
import { isPercentOfNominal } from '../../../ocpp/der/nominal-voltage.ts';
import { quantity, secondsText } from './der-words.ts';
import { type ControlView, historyOf, measuredAt, type Situation } from './situation.ts';

/** Further back than ten minutes, for how long the mean has been above its threshold. */
const LOOK_BACK = 30 * 60_000;

/** What there is to say of a voltage curve, with its ten-minute mean (2.120) where it has one. */
export function withMean(view: ControlView, { voltageParams }: DerCurve, situation: Situation): ControlView {
  const { mean10Minutes: told, mean10MinutesDelay: delay = 0 } = voltageParams ?? {};
  if (told === undefined) return view;
  const { vNom } = situation.ratings;
  const threshold = isPercentOfNominal([told], vNom) ? (told * vNom) / 100 : told;
  const state =
    measuredAt(situation, 'voltage') && meanAt(historyOf(situation, 'voltage', LOOK_BACK), situation.at, threshold);
  const notes = [
    ...view.notes,
    'For the ten-minute mean 2.120 speaks of “the present voltage”; the mean is held against its threshold, as EN 50549-1 has it.',
  ];
  const before = view.verdict ? `${view.verdict.sentence} ` : '';
  if (!state) {
    const sentence = `${before}Voltage was not measured for ten minutes, which its mean takes.`;
    return { ...view, notes, verdict: { tone: view.verdict?.tone ?? 'plain', sentence } };
  }
  const mean = `Its ten-minute mean is ${quantity(state.mean, 'V')}`;
  const limit = quantity(threshold, 'V');
  if (state.mean <= threshold) {
    const verdict = { tone: view.verdict?.tone ?? 'good', sentence: `${before}${mean}, not above ${limit}.` } as const;
    return { ...view, notes, verdict };
  }
  const lasting = `${mean}, above ${limit} for ${secondsText(state.above)}, by its samples`;
  const verdict =
    state.above > delay
      ? ({ tone: 'error', sentence: `${before}${lasting}: it must trip (2.120).` } as const)
      : ({
          tone: view.verdict?.tone === 'error' ? 'error' : 'warning',
          sentence: `${before}${lasting}; it must trip after ${secondsText(delay)} (2.120).`,
        } as const);
  return { ...view, notes, verdict };
}
