import schemas1_6 from 'ocpp-rpc/lib/schemas/ocpp1_6.json' with { type: 'json' };
import schemas2_0_1 from 'ocpp-rpc/lib/schemas/ocpp2_0_1.json' with { type: 'json' };
import schemas2_1 from 'ocpp-rpc/lib/schemas/ocpp2_1.json' with { type: 'json' };
import { findAction } from './actions.ts';
import type { JsonSchema } from './json-schema.ts';
import { OCPP_VERSIONS, type OcppVersion } from './version.ts';

/** Which payload of an action: that of its CALL or SEND, or that of its CALLRESULT. */
export type PayloadKind = 'request' | 'response';

/** An official message schema, with the place that it has in the catalogue. */
export interface PayloadSchema {
  readonly version: OcppVersion;
  readonly action: string;
  readonly kind: PayloadKind;
  /** Name of the message: `BootNotificationRequest`, `BootNotificationResponse`; a SEND is named as its action. */
  readonly name: string;
  readonly schema: JsonSchema;
}

/** As shipped: with ids such as `urn:Authorize.req` (1.6, 2.0.1) or `urn:AuthorizeRequest` (2.1). */
type ShippedSchema = JsonSchema & { readonly $id: string; readonly $schema?: string };

const SHIPPED = {
  '1.6': schemas1_6 as unknown,
  '2.0.1': schemas2_0_1 as unknown,
  '2.1': schemas2_1 as unknown,
} as Readonly<Record<OcppVersion, readonly ShippedSchema[]>>;

const SHIPPED_ID = /^urn:(?<action>\w+?)(?<suffix>\.req|\.conf|Request|Response)?$/;

function asPublished(version: OcppVersion, shipped: ShippedSchema): PayloadSchema {
  const { action = '', suffix } = SHIPPED_ID.exec(shipped.$id)?.groups ?? {};
  const kind = suffix === '.conf' || suffix === 'Response' ? 'response' : 'request';
  const name = suffix === undefined ? action : `${action}${kind === 'request' ? 'Request' : 'Response'}`;
  const { $schema: _, ...rest } = shipped;
  return { version, action, kind, name, schema: { ...rest, $id: officialId(version, action, kind, name) } };
}

/** The id under which the Open Charge Alliance published the schema; the shipped ones are no absolute URIs. */
function officialId(version: OcppVersion, action: string, kind: PayloadKind, name: string): string {
  if (version === '2.1') return `urn:OCPP:Cp:2:2025:1:${name}`;
  if (version === '2.0.1') return `urn:OCPP:Cp:2:2020:3:${name}`;
  if (findAction(version, action)?.functionalBlock !== 'Security (whitepaper)') return `urn:OCPP:1.6:2019:12:${name}`;
  return `urn:OCPP:Cp:1.6:2020:3:${action}.${kind === 'request' ? 'req' : 'conf'}`;
}

function byAction(version: OcppVersion, kind: PayloadKind): ReadonlyMap<string, PayloadSchema> {
  const schemas = SHIPPED[version].map((shipped) => asPublished(version, shipped));
  return new Map(schemas.filter((schema) => schema.kind === kind).map((schema) => [schema.action, schema]));
}

const SCHEMAS = Object.fromEntries(
  OCPP_VERSIONS.map((version) => [
    version,
    { request: byAction(version, 'request'), response: byAction(version, 'response') },
  ]),
) as Readonly<Record<OcppVersion, Readonly<Record<PayloadKind, ReadonlyMap<string, PayloadSchema>>>>>;

/** Every message schema of a version: the requests, then the responses, each in the order of the publication. */
export function schemasOf(version: OcppVersion): readonly PayloadSchema[] {
  return [...SCHEMAS[version].request.values(), ...SCHEMAS[version].response.values()];
}

/** The schema of a payload; undefined for an action that the version lacks, and for the response of a SEND. */
export function schemaOf(version: OcppVersion, action: string, kind: PayloadKind): JsonSchema | undefined {
  return SCHEMAS[version][kind].get(action)?.schema;
}
