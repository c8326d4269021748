import { CONTROL_TYPES, type ControlType } from '../../../ocpp/der/control.ts';
import { choiceAt, FieldFault } from '../../../ocpp/fields.ts';
import type { JsonObject } from '../../../ocpp/json.ts';
import type { EnergyRequest } from '../event.ts';
import { booleanOf, instantOf, textOf } from '../event-fields.ts';

/** An alarm from its beginning to its end (R05). */
export interface DerAlarm {
  readonly type: ControlType;
  /** `GridEventFaultEnumType`. */
  readonly fault: string | null;
  readonly from: number;
  /** Null as long as it goes on. */
  readonly to: number | null;
  readonly entry: number;
  readonly endEntry: number | null;
  readonly extraInfo: string | null;
  /** Another control took over, and no end is told (R05.FR.04). */
  readonly takenOverBy: ControlType | null;
}

/** What NotifyDERStartStop told. */
export interface DerStartStop {
  readonly id: string;
  readonly started: boolean;
  readonly at: number;
  readonly entry: number;
  readonly supersededIds: readonly string[];
}

/** The type of control under a name; undefined where it is none. */
export function controlTypeOf(holder: JsonObject, name: string): ControlType | undefined {
  try {
    return choiceAt(holder, name, CONTROL_TYPES);
  } catch (fault) {
    if (fault instanceof FieldFault) return undefined;
    throw fault;
  }
}

/** The texts in the list under a name. */
export function textsOf(holder: JsonObject, name: string): readonly string[] {
  const value = holder[name];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/**
 * Takes a NotifyDERAlarmRequest. There is one alarm at a time: the next one takes over without an end of the first
 * (R05.FR.03, R05.FR.04). An end that belongs to no beginning is a moment.
 */
export function withAlarm(alarms: readonly DerAlarm[], { request, at, entry }: EnergyRequest): readonly DerAlarm[] {
  const type = controlTypeOf(request, 'controlType');
  if (type === undefined) return alarms;
  const time = instantOf(request, 'timestamp') ?? at;
  const open = alarms.at(-1);
  const isOpen = open !== undefined && open.to === null;
  if (booleanOf(request, 'alarmEnded')) {
    if (isOpen) return [...alarms.slice(0, -1), { ...open, to: Math.max(open.from, time), endEntry: entry }];
    return [...alarms, { ...begun(request, type, time, entry), to: time, endEntry: entry }];
  }
  const next = begun(request, type, time, entry);
  if (!isOpen) return [...alarms, next];
  return [...alarms.slice(0, -1), { ...open, to: Math.max(open.from, time), takenOverBy: type }, next];
}

/** What a NotifyDERStartStopRequest tells; undefined where it names no control. */
export function startStopOf({ request, at, entry }: EnergyRequest): DerStartStop | undefined {
  const id = textOf(request, 'controlId');
  const started = booleanOf(request, 'started');
  if (id === undefined || started === undefined) return undefined;
  return {
    id,
    started,
    at: instantOf(request, 'timestamp') ?? at,
    entry,
    supersededIds: textsOf(request, 'supersededIds'),
  };
}

function begun(request: JsonObject, type: ControlType, from: number, entry: number): DerAlarm {
  return {
    type,
    fault: textOf(request, 'gridEventFault') ?? null,
    from,
    to: null,
    entry,
    endEntry: null,
    extraInfo: textOf(request, 'extraInfo') ?? null,
    takenOverBy: null,
  };
}
