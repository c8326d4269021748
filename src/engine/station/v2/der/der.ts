import type { JsonObject } from '../../../../ocpp/json.ts';
import type { RequestOf } from '../../../../ocpp/messages.ts';
import type { CallOutcome } from '../../../rpc/effects.ts';
import type { Follower } from '../../dialect.ts';
import type { StationCore } from '../../station-core.ts';
import { DerAlarms } from './der-alarms.ts';
import { DerControls } from './der-controls.ts';
import { GridSupport } from './grid-support.ts';

/** The station as a distributed energy resource: its controls, and what they make of its vehicles (2.1, R). */
export interface Der {
  readonly controls: DerControls;
  readonly grid: GridSupport;
  readonly follower: Follower;
}

/** Messages that tell of DER controls. */
interface Told {
  readonly NotifyDERStartStop: RequestOf<'2.1', 'NotifyDERStartStop'>;
  readonly NotifyDERAlarm: RequestOf<'2.1', 'NotifyDERAlarm'>;
}

/** Makes a station without any controls. */
export function createDer(core: StationCore): Der {
  const tell = <A extends keyof Told>(action: A, request: Told[A]): Promise<CallOutcome> =>
    core.call(action, { ...request } as JsonObject);
  const controls = new DerControls({
    clock: core.clock,
    now: () => core.now(),
    tell: ({ controlId, started, superseded }) => {
      const [first, ...others] = superseded;
      const supersededIds =
        first === undefined ? {} : { supersededIds: [first, ...others] satisfies [string, ...string[]] };
      void tell('NotifyDERStartStop', { controlId, started, timestamp: core.timestamp(), ...supersededIds });
    },
  });
  const alarms = new DerAlarms(
    () => core.timestamp(),
    (alarm) => void tell('NotifyDERAlarm', alarm),
  );
  const grid = new GridSupport({
    core,
    active: (type) => controls.active(type),
    onDeviation: (evseId, deviation) => alarms.report(evseId, deviation),
  });
  return {
    controls,
    grid,
    follower: {
      adjust: (evse, offer) => grid.adjust(evse, offer),
      ended: (evse) => grid.forget(evse),
      dispose: () => controls.dispose(),
    },
  };
}
