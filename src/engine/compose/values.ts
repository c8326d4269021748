import type { JsonValue } from '../../ocpp/json.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import { templatesIn, type Values } from '../../session/compose/expand.ts';
import { transactionIdOf } from '../../session/compose/transaction-id.ts';
import { type Variable, variableText } from '../../session/compose/variable.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import { type LastValueQuery, lastValue, type ValueSource } from './last-value.ts';

/** What the values of variables come from. */
export interface ValueContext {
  readonly source: ValueSource;
  /** Waits until all that was recorded so far can be looked at; yields the last entry, or null where that took too long. */
  caughtUp(patience: AbortSignal): Promise<number | null>;
  /** Of whom the message speaks; null where that is not known. */
  readonly station: string | null;
  readonly version: OcppVersion;
  /** Wall clock, in milliseconds since 1970 UTC. */
  readonly now: number;
  newId(): string;
  /** Aborts when a value has been looked for long enough. */
  readonly patience: AbortSignal;
}

/** Looks up what the variables of a document are worth now. */
export async function lookUp(document: string, context: ValueContext): Promise<Values> {
  const found = new Map<string, Outcome<JsonValue>>();
  for (const template of templatesIn(document)) {
    if ('fault' in template) continue;
    for (const piece of template.pieces) {
      if (piece.kind === 'text' || found.has(variableText(piece.variable))) continue;
      const value = await valueOfSession(piece.variable, context);
      if (value !== undefined) found.set(variableText(piece.variable), value);
    }
  }
  return (variable) => {
    switch (variable.kind) {
      case 'now':
        return success(new Date(context.now + variable.offset).toISOString());
      case 'uuid':
        return success(context.newId());
      default:
        return found.get(variableText(variable)) ?? failure('no-value', `{{${variableText(variable)}}} has no value.`);
    }
  };
}

/** What a variable is worth that looks into the session; undefined for those that do not. */
async function valueOfSession(variable: Variable, context: ValueContext): Promise<Outcome<JsonValue> | undefined> {
  if (variable.kind !== 'last' && variable.kind !== 'transactionId') return undefined;
  const { field, filter, anyStation } = variable.kind === 'last' ? variable : transactionIdOf(context.version);
  const { station, source, patience } = context;
  if (station === null && !anyStation) {
    return failure('no-station', `{{${variableText(variable)}}} speaks of a station, and none is chosen.`);
  }
  const upTo = await context.caughtUp(patience);
  if (upTo === null) {
    return failure(
      'session-behind',
      'The index of the session is behind, so it cannot be said what the last value is.',
    );
  }
  const query: LastValueQuery = {
    field,
    filter,
    station: anyStation || station === null ? undefined : station,
    upTo,
  };
  const value = await lastValue(source, query, patience);
  if (value.ok || variable.kind === 'last') return value;
  return value.error.code === 'no-value'
    ? failure('no-value', `No transaction of ${station} has been seen in this session.`)
    : value;
}
