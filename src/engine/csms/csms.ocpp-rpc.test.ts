import { RPCClient } from 'ocpp-rpc';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actionsOf, maySend } from '../../ocpp/actions.ts';
import { schemaOf } from '../../ocpp/official-schemas.ts';
import { template } from '../../ocpp/template.ts';
import { OCPP_VERSIONS, type OcppVersion, SUBPROTOCOL_OF } from '../../ocpp/version.ts';
import { type CsmsUnderTest, startCsms } from './testing/csms.ts';

const NOW = '2026-01-01T00:00:00Z';

/** ocpp-rpc checks every payload, both ways, in the versions for which it has a strict mode that works. */
const STRICT: Readonly<Record<OcppVersion, boolean>> = { '1.6': true, '2.0.1': true, '2.1': false };

function namesTowards(version: OcppVersion, direction: 'to-csms' | 'to-station'): string[] {
  return [...actionsOf(version).values()]
    .filter((action) => action.messageType === 'CALL' && maySend(action, direction))
    .map(({ name }) => name);
}

function requestOf(version: OcppVersion, action: string, fill: 'required' | 'everything' = 'required') {
  return template(schemaOf(version, action, 'request') ?? {}, { fill, now: NOW });
}

describe.each(OCPP_VERSIONS)('ocpp-rpc as a station of OCPP %s', (version) => {
  let running: CsmsUnderTest;
  let client: RPCClient;

  beforeAll(async () => {
    running = await startCsms();
    client = new RPCClient({
      endpoint: running.url,
      identity: 'CS 1/ä',
      protocols: [SUBPROTOCOL_OF[version]],
      strictMode: STRICT[version],
      reconnect: false,
    } as ConstructorParameters<typeof RPCClient>[0]);
    for (const action of namesTowards(version, 'to-station')) {
      const answer = template(schemaOf(version, action, 'response') ?? {}, { fill: 'required', now: NOW });
      client.handle(action, () => Promise.resolve(answer));
    }
    await client.connect();
  });
  afterAll(async () => {
    await client.close({ force: true });
    await running.stop();
  });

  it('is known by its identity and version', () => {
    expect(running.csms.stations()).toMatchObject([{ id: 'CS 1/ä', version }]);
  });

  it.each(namesTowards(version, 'to-csms'))('takes the response to %s', async (action) => {
    await expect(client.call(action, requestOf(version, action))).resolves.toBeTypeOf('object');
    await expect(client.call(action, requestOf(version, action, 'everything'))).resolves.toBeTypeOf('object');
  });

  it.each(namesTowards(version, 'to-station'))('is called with %s', async (action) => {
    const outcome = await running.csms.call('CS 1/ä', action, requestOf(version, action));
    expect(outcome).toMatchObject({ ok: true, value: { kind: 'result', violations: [] } });
  });

  it('gets an error for what the CSMS does not take', async () => {
    await expect(client.call('Reset', { type: 'Hard' })).rejects.toThrow();
  });
});
