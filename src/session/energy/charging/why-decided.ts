import { overruling } from '../../../ocpp/schedule/composite.ts';
import type { DecidedValue } from '../../../ocpp/schedule/merge.ts';
import type { Quantity } from '../../../ocpp/schedule/profile.ts';
import type { PeriodReference } from '../../../ocpp/schedule/segments.ts';
import { type CalculatedPiece, installationOf } from './calculated.ts';
import type { ChargingView } from './charging-context.ts';
import { totalOf } from './composite-lines.ts';
import { capital, entryOf, profileKind, profileName, profileWords } from './profile-words.ts';
import { exactRate, percentWords, rateWords, reactiveWords } from './quantities.ts';
import { linked, type Sentence, type SentencePart } from './sentence.ts';

/** What is offered and because of what, and what gives way to that. */
export function decidedSentences(
  view: ChargingView,
  piece: CalculatedPiece,
): { readonly offered: readonly Sentence[]; readonly givesWay: readonly Sentence[] } {
  if (piece.phaseConflict) {
    const profiles = piece.phaseConflict.map((reference) => nameOf(piece, reference));
    const list = profiles.flatMap((part, index): SentencePart[] => (index === 0 ? [part] : [' and ', part]));
    return {
      offered: [['No schedule can be made: ', ...list, ' ask for different phases (phaseToUse; K01.FR.141).']],
      givesWay: [],
    };
  }
  const offered = [
    ...limitSentences(view, piece),
    ...setpointSentences(view, piece),
    ...dischargeSentences(view, piece),
    ...conditionSentences(view, piece),
  ];
  return { offered, givesWay: givingWay(piece) };
}

function limitSentences(view: ChargingView, piece: CalculatedPiece): readonly Sentence[] {
  const { unit } = view;
  const total = totalOf(piece, 'limit', unit);
  if (!total) {
    if (totalOf(piece, 'setpoint', unit) || totalOf(piece, 'dischargeLimit', unit)) return [];
    const untold = untoldAt(view, piece.from);
    return [['Nothing limits charging by what is known', ...untold, '.']];
  }
  const { decided } = total;
  const sentence: SentencePart[] = [
    `${rateWords(total.value, unit)} ${total.value >= 0 ? 'is offered' : 'is the limit'} because `,
    ...cause(view, piece, decided, 'limit'),
  ];
  const others = decided.overruled.filter(({ reason }) => reason === 'less is allowed');
  for (const [index, { reference, value }] of others.entries()) {
    const same = Math.abs(value - decided.value) < 1e-9;
    sentence.push(index === 0 ? ', ' : ' and ');
    if (same) sentence.push(`the same as ${allowance(reference)} (`, nameOf(piece, reference), ')');
    else sentence.push(`below ${allowance(reference)} of ${rateWords(value, unit)} (`, nameOf(piece, reference), ')');
  }
  sentence.push('.');
  const sentences: Sentence[] = [sentence];
  if (total.phases)
    sentences.push([
      `By phase: ${total.phases.map((value, index) => `L${index + 1} ${rateWords(value, unit)}`).join(', ')}.`,
    ]);
  if (decided.added) {
    const more = piece.generation ? rateWords(piece.generation.value, unit) : 'Local generation';
    sentences.push([`${more} of that is local generation on top (`, nameOf(piece, decided.added), ').']);
  }
  const untold = untoldAt(view, piece.from);
  if (untold.length > 0) sentences.push(['The true limit may be lower', ...untold, '.']);
  return sentences;
}

function setpointSentences(view: ChargingView, piece: CalculatedPiece): readonly Sentence[] {
  const sentences: Sentence[] = [];
  for (const quantity of ['setpoint', 'setpointReactive'] as const) {
    const total = totalOf(piece, quantity, view.unit);
    if (!total) continue;
    const { value, decided } = total;
    const wordsOf = (number: number) => (quantity === 'setpoint' ? rateWords : reactiveWords)(number, view.unit);
    const words = wordsOf(quantity === 'setpoint' ? Math.abs(value) : value);
    const reactive = view.unit === 'W' ? 'reactive power' : 'reactive current';
    const what = quantity === 'setpointReactive' ? reactive : value < 0 ? 'discharging' : 'charging';
    const sentence: SentencePart[] = [
      `The setpoint is ${quantity === 'setpoint' && value === 0 ? 'zero' : `${what} with ${words}`} because `,
      ...cause(view, piece, decided, quantity),
    ];
    if (decided.cappedFrom !== undefined) {
      const bound = value > 0 ? piece.values.limit : piece.values.dischargeLimit;
      sentence.push(`; it asks for ${rateWords(decided.cappedFrom, view.unit)}, which the `);
      sentence.push(value > 0 ? 'limit' : 'discharge limit');
      if (bound) sentence.push(' of ', nameOf(piece, bound.decidedBy));
      sentence.push(' caps (K08.FR.08)');
    }
    const settings = piece.settings?.operationMode;
    sentence.push(settings ? `. The mode is ${settings}.` : '.');
    sentences.push(sentence);
    for (const { reference, value: other, reason } of decided.overruled) {
      const why =
        reason === 'SetpointPriority'
          ? 'SetpointPriority decides against it (Q06.FR.20 to Q06.FR.22)'
          : 'the setpoint of the least energy counts (SC.04)';
      sentences.push([nameOf(piece, reference, true), ` asks for ${wordsOf(other)}: ${why}.`]);
    }
  }
  return sentences;
}

function dischargeSentences(view: ChargingView, piece: CalculatedPiece): readonly Sentence[] {
  const total = totalOf(piece, 'dischargeLimit', view.unit);
  if (!total) return [];
  const words = `Discharging may take up to ${rateWords(Math.abs(total.value), view.unit)} because `;
  return [[words, ...cause(view, piece, total.decided, 'dischargeLimit'), '.']];
}

/** `profile 3 (TxProfile, stack level 1) says 16 A on 3 phases`. */
function cause(view: ChargingView, piece: CalculatedPiece, decided: DecidedValue, quantity: Quantity): Sentence {
  const { decidedBy } = decided;
  const { profile, schedule, period, periodIndex } = decidedBy;
  const installation = installationOf(piece.profiles, profile);
  const total = period.values[quantity];
  const { unit } = schedule;
  const number = decidedBy.numbers[quantity] ?? total;
  const byCurve = number === undefined && period.frequencyCurve !== undefined;
  const phases =
    schedule.unit === 'A' && view.supply.current === 'AC' && quantity !== 'setpointReactive'
      ? phaseWords(piece, decidedBy)
      : '';
  const says = byCurve
    ? ' follows the frequency of the grid by its curve'
    : ` says ${number === undefined ? 'so' : quantity === 'setpointReactive' ? reactiveWords(number, unit) : exactRate(number, unit)}${phases}`;
  const place = schedule.periods.length > 1 ? `, period ${periodIndex + 1} of ${schedule.periods.length}` : '';
  const told = profileWords(profile, installation?.origin);

  return [...told, `${says}${place}`];
}

function phaseWords(piece: CalculatedPiece, { period }: PeriodReference): string {
  const phases = piece.numberPhases?.value ?? 3;
  const least = piece.numberPhases?.decidedBy;
  const own = period.numberPhases ?? 3;
  const words = ` on ${phases} phase${phases === 1 ? '' : 's'}`;
  return least && phases < own ? `${words} (not ${own}, since profile ${least.profile.id} says so)` : words;
}

/** What a value that does not count is: `the station's maximum`. */
function allowance({ profile }: PeriodReference): string {
  switch (profile.purpose) {
    case 'ChargingStationMaxProfile':
      return "the station's maximum";
    case 'ChargingStationExternalConstraints':
      return 'the external limit';
    default:
      return `what the ${profile.purpose} allows`;
  }
}

/** State of charge, priority charging and what else changed what is offered. */
function conditionSentences(view: ChargingView, piece: CalculatedPiece): readonly Sentence[] {
  const sentences: Sentence[] = [];
  const soc = view.measured.latest('stateOfCharge', piece.from);
  for (const { schedule, profile } of piece.applied) {
    const { limitAtSoC } = schedule;
    if (!limitAtSoC) continue;
    const name = linked(profileName(profile, undefined), entryOf(profile));
    const limit = exactRate(limitAtSoC.limit, schedule.unit);
    if (!soc) {
      sentences.push([
        'From ',
        percentWords(limitAtSoC.soc),
        ' on ',
        name,
        ` limits to ${limit}; the state of charge is not known.`,
      ]);
    } else if (soc.value >= limitAtSoC.soc) {
      sentences.push([
        'The EV has ',
        linked(percentWords(soc.value), soc.entry),
        ': from ',
        percentWords(limitAtSoC.soc),
        ' on ',
        name,
        ` limits to ${limit} (limitAtSoC).`,
      ]);
    }
  }
  const priority = view.priority.find(({ from, to }) => from <= piece.from && piece.from < to);
  if (priority) {
    const isUsed = piece.applied.some(({ profile }) => profile.purpose === 'PriorityCharging');
    const rest = isUsed ? '.' : ', but no such profile is in force.';
    sentences.push([linked('Priority charging', priority.entry), ' is in use since ', { at: priority.from }, rest]);
  }
  if (piece.settings?.evseSleep) {
    sentences.push(['The EVSE may sleep (evseSleep of ', nameOf(piece, piece.settings.decidedBy), ').']);
  }
  const offline = view.known.offline.find(({ from, to }) => from <= piece.from && piece.from < to);
  if (offline) sentences.push(['The station is offline since ', { at: offline.from }, '.']);
  return sentences;
}

/** Periods in force that do not count as a whole. */
function givingWay(piece: CalculatedPiece): readonly Sentence[] {
  return piece.overruled.map((reference): Sentence => {
    const over = overruling(piece, reference, piece.context);
    const { profile, period, schedule } = reference;
    const installation = installationOf(piece.profiles, profile);
    const value = period.values.limit ?? period.values.setpoint;
    const says = value === undefined ? '' : `, which says ${exactRate(value, schedule.unit)},`;
    const name: Sentence = [
      linked(capital(profileName(profile, installation?.origin)), entryOf(profile)),
      ` (${profileKind(profile, installation?.origin)})${says} gives way`,
    ];
    if (!over) return [...name, '.'];
    const by = nameOf(piece, over.by);
    if (over.reason === 'purpose') return [...name, ': ', over.by.profile.purpose, ' overrules it (', by, ').'];
    const lower = over.by.profile.stackLevel > profile.stackLevel;
    return [...name, lower ? ': lower stack level than ' : ': same stack level as ', by, '.'];
  });
}

/** Limits of others at an instant of which the station did not say how much they are. */
function untoldAt(view: ChargingView, at: number): Sentence {
  const limit = view.charging.external.untold.find(
    ({ from, to, evseId }) => from <= at && at < to && (evseId === 0 || evseId === view.evseId),
  );
  if (!limit) return [];
  return [
    ': ',
    linked(`${limit.limitSource} limits as well`, limit.entry),
    ', and the station did not say to how much',
  ];
}

function nameOf(piece: CalculatedPiece, { profile }: PeriodReference, begins = false): SentencePart {
  const name = profileName(profile, installationOf(piece.profiles, profile)?.origin);
  return linked(begins ? capital(name) : name, entryOf(profile));
}
