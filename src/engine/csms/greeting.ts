import type { JsonObject } from '../../ocpp/json.ts';
import type { RequestOf } from '../../ocpp/messages.ts';
import type { OcppVersion } from '../../ocpp/version.ts';

/** A call that a CSMS makes of its own accord. */
export interface Greeting {
  readonly action: string;
  readonly payload: JsonObject;
}

/** What a CSMS asks a station that has just booted: how it is configured. `requestId` is one that was not used before. */
export const GREETINGS: Readonly<Record<OcppVersion, (requestId: number) => Greeting>> = {
  '1.6': () => ({ action: 'GetConfiguration', payload: {} satisfies RequestOf<'1.6', 'GetConfiguration'> }),
  '2.0.1': askForReport,
  '2.1': askForReport,
};

/** B07: the report follows in NotifyReport messages. */
function askForReport(requestId: number): Greeting {
  const payload: RequestOf<'2.0.1' | '2.1', 'GetBaseReport'> = { requestId, reportBase: 'ConfigurationInventory' };
  return { action: 'GetBaseReport', payload };
}
