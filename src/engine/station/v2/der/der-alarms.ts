import type { ControlType } from '../../../../ocpp/der/control.ts';
import type { RequestOf } from '../../../../ocpp/messages.ts';

type Alarm = RequestOf<'2.1', 'NotifyDERAlarm'>;

/** Why an EVSE does not do what its charging profile says. */
export interface Deviation {
  readonly controlType: ControlType;
  /** What is wrong with the grid; absent where a control holds without a fault of it. */
  readonly fault?: Alarm['gridEventFault'];
  /** In words. */
  readonly info: string;
}

/** The longest extraInfo. */
const INFO_MAX = 200;

/** Tells of the one alarm of the station: which control is taking over, and when none does any more (R05). */
export class DerAlarms {
  readonly #send: (alarm: Alarm) => void;
  readonly #timestamp: () => string;
  readonly #deviations = new Map<number, Deviation>();
  #told: Deviation | undefined;

  constructor(timestamp: () => string, send: (alarm: Alarm) => void) {
    this.#timestamp = timestamp;
    this.#send = send;
  }

  /** What an EVSE deviates for, if it does. */
  report(evseId: number, deviation: Deviation | undefined): void {
    if (deviation) this.#deviations.set(evseId, deviation);
    else this.#deviations.delete(evseId);
    const [now] = this.#deviations.values();
    const told = this.#told;
    if (now?.controlType === told?.controlType && now?.fault === told?.fault) return;
    this.#told = now;
    // R05.FR.03, FR.04: another control that takes over does not end the alarm.
    if (now) this.#send({ ...this.#base(now), extraInfo: now.info.slice(0, INFO_MAX) });
    else if (told) this.#send({ ...this.#base(told), alarmEnded: true });
  }

  #base({ controlType, fault }: Deviation): Alarm {
    return { controlType, timestamp: this.#timestamp(), ...(fault ? { gridEventFault: fault } : {}) };
  }
}
