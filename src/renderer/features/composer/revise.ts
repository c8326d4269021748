import { pointerKeys } from '../../../ocpp/json-pointer.ts';
import type { Violation } from '../../../ocpp/violation.ts';
import { templatesIn } from '../../../session/compose/expand.ts';
import type { CheckedMessage } from '../../app/message-editor/check-message.ts';

/**
 * What was found in a text with variables, without what was found of the variables themselves: what they will be is
 * judged once they are replaced.
 */
export function withoutVariables(text: string, checked: CheckedMessage): CheckedMessage {
  const templates = templatesIn(text);
  if (templates.length === 0) return checked;
  const kept = checked.findings.flatMap((finding, index) => {
    const place = checked.places[index];
    const isVariable = place && templates.some(({ start, end }) => start <= place.start && place.start < end);
    return isVariable && finding.rule.startsWith('schema.') ? [] : [{ finding, place }];
  });
  return { ...checked, findings: kept.map(({ finding }) => finding), places: kept.map(({ place }) => place) };
}

/** Of the violations of a payload whose variables were replaced, those that are where a variable stood. */
export function violationsOfVariables(text: string, violations: readonly Violation[]): readonly Violation[] {
  if (!text.includes('{{')) return [];
  let payload: unknown;
  try {
    payload = JSON.parse(text);
  } catch {
    return [];
  }
  return violations.filter(({ pointer }) => {
    let value = payload;
    for (const key of pointerKeys(pointer)) {
      if (typeof value !== 'object' || value === null) break;
      value = (value as Record<string, unknown>)[key];
    }
    return typeof value === 'string' && value.includes('{{');
  });
}

/** The sentences of violations by the place that they are about. */
export function sentencesByPointer(violations: readonly Violation[]): ReadonlyMap<string, string> {
  const sentences = new Map<string, string>();
  for (const { pointer, sentence } of violations) {
    const before = sentences.get(pointer);
    sentences.set(pointer, before === undefined ? sentence : `${before} ${sentence}`);
  }
  return sentences;
}
