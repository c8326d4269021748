import { schemaOf } from '../../../ocpp/official-schemas.ts';
import { template } from '../../../ocpp/template.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';

/** How much of what a message may have stands in its template. */
export type Fill = 'required' | 'everything';

/** Times in templates and in fields that are added. */
export const NOW = '{{now}}';

/** The payload that an action starts with; an empty object where the version lacks it. */
export function templateText(version: OcppVersion, action: string, fill: Fill): string {
  const schema = schemaOf(version, action, 'request');
  const payload = schema ? template(schema, { fill, now: NOW, except: ['customData'] }) : {};
  return JSON.stringify(payload, undefined, 2);
}
