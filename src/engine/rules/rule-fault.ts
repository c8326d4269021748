import type { JsonValue } from '../../ocpp/json.ts';
import type { Rule } from '../../workspace/rule.ts';
import { filterFault } from './compile-filter.ts';
import { readTemplate } from './template.ts';

/** Why a rule cannot be used, in a sentence; undefined where it can. */
export function ruleFault({ filter, action }: Rule): string | undefined {
  const inFilter = filterFault(filter);
  if (inFilter !== undefined) return `The filter cannot be used: ${inFilter}`;
  switch (action.kind) {
    case 'delay': {
      const inUntil = filterFault(action.until ?? '');
      return inUntil === undefined ? undefined : `The filter to wait for cannot be used: ${inUntil}`;
    }
    case 'set':
      return templateFault(action.value);
    case 'answer':
      return templateFault(action.payload);
    default:
      return undefined;
  }
}

function templateFault(value: JsonValue): string | undefined {
  const template = readTemplate(value);
  return template.ok ? undefined : template.error.sentence;
}
