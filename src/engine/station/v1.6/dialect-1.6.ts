import type { JsonObject } from '../../../ocpp/json.ts';
import type { Dialect, DialectOptions } from '../dialect.ts';
import type { Reply } from '../reply.ts';
import { Transfer } from '../transfer.ts';
import { Configuration } from './configuration.ts';
import { CORE } from './core.ts';
import { FIRMWARE_MANAGEMENT } from './firmware-management.ts';
import { LOCAL_AUTH_LIST } from './local-auth-list.ts';
import { REMOTE_TRIGGER } from './remote-trigger.ts';
import { RESERVATION } from './reservation.ts';
import { SECURITY } from './security.ts';
import { SMART_CHARGING } from './smart-charging.ts';
import { Speaker16 } from './speaker.ts';
import type { Action16, Handlers16, Station16 } from './station-1.6.ts';

const HANDLERS: Handlers16<Action16> = {
  ...CORE,
  ...FIRMWARE_MANAGEMENT,
  ...LOCAL_AUTH_LIST,
  ...REMOTE_TRIGGER,
  ...RESERVATION,
  ...SECURITY,
  ...SMART_CHARGING,
};

/** A station that speaks 1.6. */
export function createDialect16({ core, sampleInterval }: DialectOptions): Dialect {
  const configuration = new Configuration(core.evses.length, sampleInterval, core.security);
  const speaker = new Speaker16(core, configuration);
  const station: Station16 = {
    core,
    configuration,
    speaker,
    diagnostics: new Transfer(core, { started: 'Uploading', failed: 'UploadFailed' }, (status) => {
      void speaker.call('DiagnosticsStatusNotification', { status });
    }),
    log: new Transfer(core, { started: 'Uploading', failed: 'UploadFailure' }, (status, requestId) => {
      void speaker.call('LogStatusNotification', { status, requestId });
    }),
    firmware: new Transfer(core, { started: 'Downloading', failed: 'DownloadFailed' }, (status) => {
      void speaker.call('FirmwareStatusNotification', { status });
    }),
  };
  return {
    speaker,
    settings: configuration,
    followers: [],
    answer(action, payload) {
      if (!Object.hasOwn(HANDLERS, action)) return undefined;
      // The payload was checked against the action's schema, of which its type is made.
      const handler = HANDLERS[action as Action16] as (request: JsonObject, to: Station16) => Reply<JsonObject>;
      return handler(payload, station);
    },
    // 4.2: while rejected, a charge point does not respond.
    whileRejected: () => new Promise(() => {}),
  };
}
