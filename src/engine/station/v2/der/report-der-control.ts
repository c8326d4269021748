import type { InstalledControl } from '../../../../ocpp/der/installed.ts';
import { isSuperseded } from '../../../../ocpp/der/installed.ts';
import { settingFieldOf } from '../../../../ocpp/der/parse-control.ts';
import type { JsonObject } from '../../../../ocpp/json.ts';
import type { RequestOf } from '../../../../ocpp/messages.ts';

type Report = RequestOf<'2.1', 'ReportDERControl'>;

/** Controls that go into one message. */
const CONTROLS_PER_MESSAGE = 10;

/** The messages that report controls as they were sent, for a request with this id (R04.FR.31, FR.32). */
export function derControlReports(
  requestId: number,
  controls: readonly InstalledControl[],
  payloadOf: (installed: InstalledControl) => JsonObject,
  now: number,
): readonly Report[] {
  const parts = Math.ceil(controls.length / CONTROLS_PER_MESSAGE);
  return Array.from({ length: parts }, (_, part) => {
    const lists: Record<string, JsonObject[]> = {};
    const here = controls.slice(part * CONTROLS_PER_MESSAGE, (part + 1) * CONTROLS_PER_MESSAGE);
    for (const each of here) {
      const field = settingFieldOf(each.control.setting.type);
      const list = lists[field] ?? [];
      list.push(reported(each, payloadOf(each), now));
      lists[field] = list;
    }
    // Each payload came with a request of its type.
    return { requestId, tbc: part < parts - 1, ...lists } as Report;
  });
}

function reported(each: InstalledControl, payload: JsonObject, now: number): JsonObject {
  const { id, isDefault, setting } = each.control;
  const field = settingFieldOf(setting.type);
  const holder = field === 'fixedPFAbsorb' || field === 'fixedPFInject' ? 'fixedPF' : field;
  const base = { id, [holder]: payload };
  // These two exist as default controls alone (R04.FR.14), and are reported without saying so.
  if (field === 'enterService' || field === 'gradient') return base;
  const state = { isDefault, isSuperseded: isSuperseded(each, now) };
  return field === 'curve' ? { ...base, ...state, curveType: setting.type } : { ...base, ...state };
}
