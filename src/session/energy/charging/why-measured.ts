import type { CalculatedPiece } from './calculated.ts';
import type { ChargingView } from './charging-context.ts';
import { totalOf } from './composite-lines.ts';
import { evAt } from './ev-line.ts';
import { latestRate } from './measured-lines.ts';
import { percentWords, rateWords } from './quantities.ts';
import { linked, type Sentence, type SentencePart } from './sentence.ts';

/** What is measured may be off what is allowed by so much before it is said: meters and EVs are not exact. */
const SLACK = 0.03;
/** Older measurements say nothing of now. */
const FRESH = 15 * 60_000;

/** Which transaction there is, and its state. */
export function transactionSentence(view: ChargingView, at: number): readonly Sentence[] {
  const transaction = view.known.transactions.at(view.evseId, at);
  if (!transaction) {
    if (view.evseId === 0) return [];
    return [['There is no transaction: this is what one would be offered that began now.']];
  }
  const { id, startEntry, startedAt, states } = transaction;
  const state = states.findLast((each) => each.at <= at);
  const name = linked(`Transaction ${id}`, startEntry);
  if (!state) return [[name, ' goes on since ', { at: startedAt }, '.']];
  return [[name, ' is ', linked(state.state, state.entry), ' since ', { at: state.at }, '.']];
}

/** What is measured, and how it relates to what is allowed. */
export function measuredSentences(view: ChargingView, piece: CalculatedPiece, at: number): readonly Sentence[] {
  const sentences: Sentence[] = [];
  const { unit } = view;
  const limit = totalOf(piece, 'limit', unit)?.value;
  const setpoint = totalOf(piece, 'setpoint', unit)?.value;
  const offered = latestRate(view, 'offered', at);
  if (offered && at - offered.at <= FRESH && limit !== undefined && differs(offered.value, limit)) {
    const than = offered.value < limit ? 'less' : 'more';
    sentences.push([
      'The station says that it ',
      linked(`offers ${rateWords(offered.value, unit)}`, offered.entry),
      ` at `,
      { at: offered.at },
      `, ${than} than that.`,
    ]);
  }
  const measured = latestRate(view, 'measured', at);
  if (!measured) return [...sentences, ['Power was not measured.']];
  if (at - measured.at > FRESH) {
    return [
      ...sentences,
      [
        'The last measurement, ',
        linked(rateWords(measured.value, unit), measured.entry),
        ', is of ',
        { at: measured.at },
        '.',
      ],
    ];
  }
  const words: SentencePart[] = [
    'Measured ',
    linked(rateWords(measured.value, unit), measured.entry),
    ' at ',
    { at: measured.at },
  ];
  if (measured.note) words.push(` (${measured.note})`);
  // Without a transaction nothing is taken, whatever would be offered.
  const isTaking = view.evseId === 0 || view.known.transactions.at(view.evseId, at) !== undefined;
  words.push(...(isTaking ? relation(view, measured.value, limit, setpoint, at) : []), '.');
  return [...sentences, words];
}

function relation(
  view: ChargingView,
  measured: number,
  limit: number | undefined,
  setpoint: number | undefined,
  at: number,
): Sentence {
  const { unit } = view;
  if (setpoint !== undefined && differs(measured, setpoint)) {
    return [
      `: ${rateWords(Math.abs(measured - setpoint), unit)} ${measured < setpoint ? 'below' : 'above'} the setpoint`,
    ];
  }
  if (setpoint !== undefined) return [', as the setpoint asks'];
  if (limit === undefined) return [];
  if (!differs(measured, limit)) return [': as much as is offered'];
  if (measured > limit) return [`: ${rateWords(measured - limit, unit)} more than the limit allows`];
  const state = view.known.transactions.at(view.evseId, at)?.states.findLast((each) => each.at <= at);
  const wish = evAt(view, at);
  const reasons: SentencePart[] = [];
  if (state && state.state !== 'Charging') reasons.push('the state is ', linked(state.state, state.entry));
  if (wish && wish.value !== null && wish.value < limit) {
    if (reasons.length > 0) reasons.push('; ');
    reasons.push('its own schedule says ', linked(rateWords(wish.value, unit), wish.entry));
  }
  const most = view.charging.ev.needsAt(view.evseId, at);
  if (unit === 'W' && most?.maxChargePower !== undefined && most.maxChargePower < limit) {
    if (reasons.length > 0) reasons.push('; ');
    reasons.push('it takes at most ', linked(rateWords(most.maxChargePower, unit), most.entry));
  }
  return reasons.length === 0
    ? [': the EV takes less than offered']
    : [': the EV takes less than offered (', ...reasons, ')'];
}

/** What the EV said that it needs. */
export function evSentences(view: ChargingView, at: number): readonly Sentence[] {
  const transaction = view.known.transactions.at(view.evseId, at);
  const needs = view.charging.ev.needsAt(view.evseId, at);
  if (!transaction || !needs || needs.at < transaction.startedAt - FRESH) return [];
  const words: SentencePart[] = [linked('The EV asked', needs.entry), ' at ', { at: needs.at }, ' for '];
  words.push(needs.energy === undefined ? 'energy' : rateWords(needs.energy, 'W').replace(/W$/, 'Wh'));
  if (needs.targetStateOfCharge !== undefined) words.push(`, up to ${percentWords(needs.targetStateOfCharge)}`);
  if (needs.departure !== undefined) words.push(', to depart at ', { at: needs.departure });
  if (needs.controlMode !== undefined) words.push(` (${needs.controlMode})`);
  words.push('.');
  const { answer } = needs;
  if (answer && answer.status !== 'Accepted') {
    return [words, ['The CSMS answered ', linked(answer.status, answer.entry), '.']];
  }
  return [words];
}

function differs(a: number, b: number): boolean {
  return Math.abs(a - b) > Math.max(Math.abs(b) * SLACK, 1);
}
