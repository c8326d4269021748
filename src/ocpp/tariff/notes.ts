import type { Span } from './collect-periods.ts';
import { DIMENSION_WORDS } from './collect-periods.ts';
import type { AssignedTariff, OnceCharge } from './evaluation.ts';
import { RUNNING_DIMENSIONS } from './tariff.ts';
import type { Timeline } from './timeline.ts';

/** What had to be assumed, in sentences; each once. */
export function notesOf(
  spans: readonly Span[],
  once: readonly OnceCharge[],
  tariffs: readonly AssignedTariff[],
  timeline: Timeline,
): readonly string[] {
  const { course, register } = timeline;
  const notes: string[] = [];
  const [first, last] = [register[0], register.at(-1)];
  const pricesEnergy = tariffs.some(({ tariff }) => tariff.energy);
  if (pricesEnergy && !first) notes.push('No meter value tells the energy: none is counted.');
  if (pricesEnergy && first && first.at > course.from) {
    notes.push('The first meter value comes after the start of the transaction: energy before it is not counted.');
  }
  if (pricesEnergy && last && last.at < course.to) {
    notes.push('The last meter value comes before the end of the transaction: energy after it is not counted.');
  }
  if (!tariffs.some(({ from }) => from <= course.from)) {
    notes.push(
      'No tariff was associated at the start: time and energy before the first one cost nothing, and no fixed fee applies (I11.FR.08, I12.FR.30).',
    );
  }
  if (pricesEnergy && spans.some((span) => span.from.at > course.from && timeline.around(span.from.at))) {
    notes.push('Where a price changes between two meter values, the energy until then lies on the line between them.');
  }
  notes.push(...unknownNotes(spans, once));
  if (course.power.length === 0 && usesPower(tariffs)) {
    notes.push(
      'No power was sampled: conditions of power are decided by the average between two meter values of energy.',
    );
  }
  return [...new Set(notes)];
}

function unknownNotes(spans: readonly Span[], once: readonly OnceCharge[]): readonly string[] {
  const decisions = [
    ...spans.flatMap(({ decisions: each }) =>
      RUNNING_DIMENSIONS.flatMap((dimension) =>
        each[dimension] ? [{ what: DIMENSION_WORDS[dimension], decision: each[dimension] }] : [],
      ),
    ),
    ...once.map(({ dimension, decision }) => ({ what: dimension, decision })),
  ];
  return decisions.flatMap(({ what, decision }) =>
    decision.passedOver.flatMap(({ element, condition, unknown }) =>
      unknown
        ? [
            `Nothing tells whether ${condition} of ${what} price ${element + 1} is met at all times: it counts as not met.`,
          ]
        : [],
    ),
  );
}

function usesPower(tariffs: readonly AssignedTariff[]): boolean {
  return tariffs.some(({ tariff }) =>
    RUNNING_DIMENSIONS.some((dimension) =>
      tariff[dimension]?.prices.some(({ conditions }) => (conditions?.minPower ?? conditions?.maxPower) !== undefined),
    ),
  );
}
