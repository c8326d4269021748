import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { reasonOf } from '../engine/formats/file-source.ts';
import type { JsonObject } from '../ocpp/json.ts';
import { schemaOf } from '../ocpp/official-schemas.ts';
import { template } from '../ocpp/template.ts';
import type { OcppVersion } from '../ocpp/version.ts';
import { readPayload } from '../session/compose/exactness.ts';
import { expand, type Values } from '../session/compose/expand.ts';
import { variableText } from '../session/compose/variable.ts';
import { failure, type Outcome, success } from '../session/outcome.ts';

/** What is sent, as the arguments say it. */
export interface PayloadArgument {
  /** JSON, `@FILE`, or `-`; an empty object or a template where it is left out. */
  readonly source: string | undefined;
  readonly template: 'required' | 'everything' | undefined;
  /** Whether braces are just braces. */
  readonly literal: boolean;
}

/** What the payload of a message is made with. */
export interface PayloadContext {
  readonly action: string;
  readonly version: OcppVersion;
  /** Wall clock, in milliseconds since 1970 UTC. */
  readonly now: number;
  newId(): string;
}

/** The text of a payload argument, read from where it is; undefined where there is none. */
export async function payloadSource(source: string | undefined): Promise<Outcome<string | undefined>> {
  if (source === undefined || (source !== '-' && !source.startsWith('@'))) return success(source);
  try {
    return success(source === '-' ? await text(process.stdin) : await readFile(source.slice(1), 'utf8'));
  } catch (error) {
    return failure('payload-unreadable', `The payload cannot be read: ${reasonOf(error)}.`);
  }
}

/** The payload as it goes out. */
export function payloadOf(
  document: string | undefined,
  { template: fill, literal }: Pick<PayloadArgument, 'template' | 'literal'>,
  { action, version, now, newId }: PayloadContext,
): Outcome<JsonObject> {
  if (document === undefined) {
    const schema = fill && schemaOf(version, action, 'request');
    return success(schema ? template(schema, { fill, now: new Date(now).toISOString(), except: ['customData'] }) : {});
  }
  const expanded = literal ? success(document) : expand(document, valuesAt(now, newId));
  if (!expanded.ok) return expanded;
  const read = readPayload(expanded.value);
  if (read.ok) return success(read.payload);
  return failure('payload-invalid', read.problems.map(({ sentence }) => sentence).join('\n'));
}

/** What variables are worth where there is no session to look into. */
function valuesAt(now: number, newId: () => string): Values {
  return (variable) => {
    if (variable.kind === 'now') return success(new Date(now + variable.offset).toISOString());
    if (variable.kind === 'uuid') return success(newId());
    const sentence = `{{${variableText(variable)}}} looks into a session, and there is none here; write its value.`;
    return failure('no-session', sentence);
  };
}
