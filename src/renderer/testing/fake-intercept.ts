import type { Arguments, Result } from '../../bridge/contract.ts';
import type { HeldDecision, HeldMessage, INTERCEPT_METHODS, InterceptState } from '../../bridge/methods/intercept.ts';
import { readFilter } from '../../session/filter/check.ts';
import { failure, success } from '../../session/outcome.ts';
import { type InterceptSettings, NO_INTERCEPTION } from '../../workspace/breakpoint.ts';

/** What a test does with the interception of generated data. */
export interface FakeInterceptControls {
  /** Holds so many messages more. */
  hold(count: number): void;
  /** Holds a DataTransfer with this text. */
  holdText(text: string): void;
  /** Lets a held message go by itself, as when its time is over. */
  expire(id: number): void;
  /** What was decided, in order. */
  readonly decisions: readonly (readonly [id: number, decision: HeldDecision])[];
}

type FakeHandlers = {
  readonly [N in keyof typeof INTERCEPT_METHODS]: (...args: Arguments<N>) => Result<N>;
};

const TIMEOUT = 30_000;
const NOW = '2026-11-20T09:05:01.203Z';

/** Frames that are held, one after the other. */
const FRAMES: readonly Pick<HeldMessage, 'type' | 'action' | 'direction' | 'text' | 'breakpoint'>[] = [
  {
    type: 'CALL',
    action: 'StatusNotification',
    direction: 'to-csms',
    breakpoint: 'b-1',
    text: `[2,"h-1","StatusNotification",{"timestamp":"${NOW}","connectorStatus":"Occupied","evseId":1,"connectorId":1}]`,
  },
  {
    type: 'CALL',
    action: 'TransactionEvent',
    direction: 'to-csms',
    breakpoint: null,
    text: `[2,"h-2","TransactionEvent",{"eventType":"Started","timestamp":"${NOW}","triggerReason":"CablePluggedIn","seqNo":0,"transactionInfo":{"transactionId":"e1f0a8c2"},"evse":{"id":1,"connectorId":1}}]`,
  },
  {
    type: 'CALL',
    action: 'SetChargingProfile',
    direction: 'to-station',
    breakpoint: 'b-2',
    text: '[2,"h-3","SetChargingProfile",{"evseId":1,"chargingProfile":{"id":7,"stackLevel":0,"chargingProfilePurpose":"TxDefaultProfile","chargingProfileKind":"Absolute","chargingSchedule":[{"id":1,"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":16.0}]}]}}]',
  },
  {
    type: 'CALLRESULT',
    action: 'Heartbeat',
    direction: 'to-station',
    breakpoint: 'b-1',
    text: `[3,"h-4",{"currentTime":"${NOW}"}]`,
  },
  { type: 'malformed', action: null, direction: 'to-csms', breakpoint: 'b-1', text: null },
];

const SETTINGS: InterceptSettings = {
  ...NO_INTERCEPTION,
  breakpoints: [
    { id: 'b-1', enabled: true, filter: 'action == "StatusNotification"', direction: 'to-csms', forEver: false },
    { id: 'b-2', enabled: true, filter: 'action == "SetChargingProfile"', direction: 'both', forEver: true },
  ],
};

/** Interception without traffic: it holds what a test lets it hold. */
export function createFakeIntercept(
  tell: (state: InterceptState) => void,
  count: number,
): { readonly controls: FakeInterceptControls; readonly handlers: FakeHandlers } {
  let settings = count > 0 ? SETTINGS : NO_INTERCEPTION;
  let held: HeldMessage[] = [];
  let lastId = 0;
  const decisions: [number, HeldDecision][] = [];
  const state = (): InterceptState => ({
    settings,
    held: held.slice(0, 500),
    heldCount: held.length,
    hits: Object.fromEntries(
      settings.breakpoints.map(({ id }) => [id, held.filter((one) => one.breakpoint === id).length]),
    ),
    faults: Object.fromEntries(
      settings.breakpoints.flatMap(({ id, filter }) => {
        const wrong = readFilter(filter).problems.find(({ severity }) => severity === 'error');
        return wrong ? [[id, wrong.sentence]] : [];
      }),
    ),
  });
  const changed = (): void => tell(structuredClone(state()));
  const next = (): HeldMessage => {
    const id = ++lastId;
    const frame = FRAMES[(id - 1) % FRAMES.length] ?? FRAMES[0];
    const now = Date.now();
    const asks = frame?.type === 'CALL';
    const forEver = frame?.breakpoint === 'b-2';
    return {
      type: 'CALL',
      action: null,
      direction: 'to-csms',
      text: null,
      breakpoint: null,
      ...frame,
      id,
      entry: id * 2 - 1,
      link: 1,
      station: 'CS-0001',
      version: '2.1',
      messageId: frame?.text ? `h-${((id - 1) % FRAMES.length) + 1}` : null,
      heldSince: now,
      senderGivesUp: asks ? now + settings.senderTimeoutMs : null,
      goesOn: asks && !forEver ? now + TIMEOUT - settings.marginMs : null,
      decided: false,
    };
  };
  const hold = (more: number): void => {
    for (let index = 0; index < more; index++) held.push(next());
    changed();
  };
  const holdText = (text: string): void => {
    held.push({ ...next(), type: 'CALL', action: 'DataTransfer', direction: 'to-csms', breakpoint: 'b-1', text });
    changed();
  };
  const release = (id: number): void => {
    held = held.filter((one) => one.id !== id);
    changed();
  };
  held = Array.from({ length: count }, next);
  return {
    controls: { hold, holdText, expire: release, decisions },
    handlers: {
      'intercept.get': state,
      'intercept.configure'(wanted) {
        settings = wanted;
        changed();
        return success(state());
      },
      'intercept.decide'(id, decision) {
        if (!held.some((one) => one.id === id)) {
          return failure('not-held', 'This message is not held any more: it went on, or its connection ended.');
        }
        decisions.push([id, decision]);
        release(id);
        return success(null);
      },
      'intercept.releaseAll'() {
        const released = held.length;
        held = [];
        changed();
        return released;
      },
    },
  };
}
