import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { type EnergyTraceName, eventsOf } from '../../../fixtures/energy/load.ts';
import { ENERGY_ACTIONS } from '../../session/energy/session-energy.ts';
import { unwrap } from '../capture/testing/session-fixtures.ts';
import { importFile } from '../formats/import-file.ts';
import { PLAIN_OPTIONS } from '../formats/imported.ts';
import { temporaryFolder } from '../formats/testing/exported.ts';
import { eventsOfSession } from './testing/recorded-messages.ts';

const CONTROL = { signal: new AbortController().signal, progress: () => {} };
const NAMES: readonly EnergyTraceName[] = ['v2x-session', 'der-event', 'tariff-change', 'session-1.6', 'battery-swap'];

it.each(NAMES)('the trace %s means the same in a session file as in the tests of topics', async (name) => {
  const path = fileURLToPath(new URL(`../../../fixtures/energy/${name}.ndjson`, import.meta.url));
  const target = join(temporaryFolder(), 'out.plugscope');
  unwrap(await importFile({ path, target, options: PLAIN_OPTIONS }, CONTROL));
  const wanted = eventsOf(name).filter((event) => 'action' in event && ENERGY_ACTIONS.has(event.action));
  const events = eventsOfSession(target);
  expect(events.length).toBeGreaterThan(50);
  expect(events).toEqual(wanted);
});
