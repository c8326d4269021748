import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actionsOf, maySend } from '../../ocpp/actions.ts';
import type { JsonObject } from '../../ocpp/json.ts';
import { schemaOf } from '../../ocpp/official-schemas.ts';
import { createValidator } from '../../ocpp/schemas.ts';
import { template } from '../../ocpp/template.ts';
import { OCPP_VERSIONS, SUBPROTOCOL_OF } from '../../ocpp/version.ts';
import { BEHAVIOURS } from './behaviours.ts';
import { type CsmsUnderTest, startCsms } from './testing/csms.ts';
import type { TestStation } from './testing/station.ts';

const validator = createValidator();

describe.each(OCPP_VERSIONS)('a station of OCPP %s', (version) => {
  const actions = [...actionsOf(version).values()].filter((action) => maySend(action, 'to-csms'));
  const calls = actions.filter(({ messageType }) => messageType === 'CALL').map(({ name }) => name);
  let running: CsmsUnderTest;
  let station: TestStation;

  beforeAll(async () => {
    running = await startCsms();
    station = await running.station([SUBPROTOCOL_OF[version]]);
  });
  afterAll(() => running.stop());

  it('finds a behaviour for each action that it may call, and for no other', () => {
    expect(Object.keys(BEHAVIOURS[version]).sort()).toEqual([...calls].sort());
  });

  it.each(calls)('gets a valid response to %s', async (action) => {
    for (const fill of ['required', 'everything'] as const) {
      const schema = schemaOf(version, action, 'request');
      if (schema === undefined) throw new Error(`no schema of ${action}`);
      const payload = template(schema, { fill, now: '2026-01-01T00:00:00Z' });
      expect(validator.validate(version, action, 'request', payload)).toEqual([]);
      const [type, , response] = await station.ask(action, payload);
      expect(type).toBe(3);
      expect(validator.validate(version, action, 'response', response as JsonObject)).toEqual([]);
    }
  });
});
