import type { Piece } from '../../../ocpp/schedule/composite.ts';
import type { SessionEnergy } from '../session-energy.ts';
import { calculated } from './calculated.ts';
import type { ChargingView } from './charging-context.ts';
import { totalOf } from './composite-lines.ts';
import { viewOf } from './power-picture.ts';
import type { WhyQuestion } from './power-question.ts';
import { rateWords } from './quantities.ts';
import { againstCalculated } from './reported-against-calculated.ts';
import { linked, type Sentence } from './sentence.ts';
import { decidedSentences } from './why-decided.ts';
import { evSentences, measuredSentences, transactionSentence } from './why-measured.ts';
import { outOfForce } from './why-not.ts';

/** Part of an answer: what it is about, and its sentences in the order in which they should be read. */
export interface WhyPart {
  readonly about: 'transaction' | 'offered' | 'gives way' | 'not in force' | 'measured' | 'EV' | 'reported' | 'next';
  readonly sentences: readonly Sentence[];
}

/** Why the power of an EVSE is what it is at an instant. */
export interface WhyAnswer {
  readonly at: number;
  readonly parts: readonly WhyPart[];
}

/** How far is looked ahead for the next change. */
const AHEAD = 7 * 86_400_000;
/** What was measured around the instant counts. */
const AROUND = 3_600_000;

/** Why this power, now: null for a station of which nothing is known. */
export function energyWhy(energy: SessionEnergy, question: WhyQuestion): WhyAnswer | null {
  const station = energy.station(question.station);
  if (!station) return null;
  const { at } = question;
  const view = viewOf(station, { ...question, from: at - AROUND, to: at + 1 });
  const [piece] = calculated(view, { from: at, to: at + 1 });
  if (!piece) return { at, parts: [] };
  const decided = decidedSentences(view, piece);
  const parts: readonly WhyPart[] = [
    { about: 'transaction', sentences: transactionSentence(view, at) },
    { about: 'offered', sentences: decided.offered },
    { about: 'gives way', sentences: decided.givesWay },
    { about: 'not in force', sentences: outOfForce(view, piece, at) },
    { about: 'measured', sentences: measuredSentences(view, piece, at) },
    { about: 'EV', sentences: evSentences(view, at) },
    { about: 'reported', sentences: reportedSentences(view, at) },
    { about: 'next', sentences: nextChange(view, at) },
  ];
  return { at, parts: parts.filter(({ sentences }) => sentences.length > 0) };
}

/** What the latest composite schedule as reported says otherwise. */
function reportedSentences(view: ChargingView, at: number): readonly Sentence[] {
  const reported = view.charging.composites.findLast(
    (each) => each.evseId === view.evseId && each.from <= at && at < each.to && each.askedAt <= at,
  );
  if (!reported) return [];
  const different = againstCalculated(view, reported).differences.filter(({ from, to }) => from <= at && at < to);
  if (different.length > 0) return different.map(({ sentence }) => sentence);
  // What came since is no difference of the report.
  return [
    [
      linked('The composite schedule as the station reported it', reported.entry),
      ' agrees with what was known when it was asked for.',
    ],
  ];
}

/** When the limit, the setpoint or the discharge limit is next to change by what is known at the instant. */
function nextChange(view: ChargingView, at: number): readonly Sentence[] {
  const known = view.charging.history;
  const here = known.at(at);
  const until = Math.min(at + AHEAD, ...here.map(({ to }) => to));
  if (!(until > at)) return [];
  // What was installed only later was nothing that was known at the instant.
  const [now, ...later] = calculated(view, { from: at, to: until }, (each) =>
    here.some(({ profile }) => profile === each),
  );
  if (!now) return [];
  const quantities = ['limit', 'setpoint', 'dischargeLimit'] as const;
  const periods = ({ applied }: Piece) => applied.map((each) => `${each.profile.id} ${each.periodIndex}`).join();
  for (const piece of later) {
    // What was measured only then is nothing that was known at the instant.
    if (periods(piece) === periods(now)) continue;
    for (const quantity of quantities) {
      const [before, after] = [totalOf(now, quantity, view.unit)?.value, totalOf(piece, quantity, view.unit)?.value];
      if (before === after) continue;
      const name = quantity === 'limit' ? 'limit' : quantity === 'setpoint' ? 'setpoint' : 'discharge limit';
      const value = after === undefined ? 'none' : rateWords(after, view.unit);
      return [['The next change is at ', { at: piece.from }, `: the ${name} becomes ${value}.`]];
    }
  }
  return [];
}
