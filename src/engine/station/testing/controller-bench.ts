import type { ClientSecurity } from '../../../bridge/security.ts';
import type { JsonObject } from '../../../ocpp/json.ts';
import { createValidator } from '../../../ocpp/schemas.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';
import { failure } from '../../../session/outcome.ts';
import type { Credentials } from '../../credentials.ts';
import type { Answer, CallOutcome } from '../../rpc/effects.ts';
import type { RpcConnection } from '../../rpc/rpc-connection.ts';
import { type FakeClock, fakeClock } from '../../testing/fake-clock.ts';
import { Controller } from '../controller.ts';
import { StationSecurity } from '../security/station-security.ts';
import type { SessionPace } from '../session-runner.ts';

/** A CALL that the station sent. */
export interface Sent {
  readonly action: string;
  readonly payload: JsonObject;
  /** Seconds since the start of the test. */
  readonly at: number;
}

/** How the CSMS answers an action: a payload, made from the request where it is a function, or an outcome. */
export type Script = Record<string, JsonObject | ((payload: JsonObject) => JsonObject | CallOutcome | undefined)>;

/** The wall clock of the CSMS runs this much ahead of the station's. */
export const CSMS_AHEAD = 3_600_000;

export const QUICK: SessionPace = { pause: 5, authorise: 3, charge: 35, leave: 4 };

/** One for all benches: what it compiles for the first of them serves the others. */
const validator = createValidator();

/** A station without a network: a fake clock, a scripted CSMS, and everything that was sent, checked by its schema. */
export interface ControllerBench {
  readonly clock: FakeClock;
  readonly controller: Controller;
  readonly sent: Sent[];
  readonly script: Script;
  readonly restarts: () => number;
  /** How often the station wanted another connection. */
  readonly reconnections: () => number;
  readonly security: StationSecurity;
  /** What the station sent that breaks its schema. */
  readonly violations: string[];
  /** Payloads sent of one action. */
  of(action: string): JsonObject[];
  connect(): Promise<void>;
  disconnect(): void;
  /** Lets seconds pass, with what is promised kept in between. */
  pass(seconds: number): Promise<void>;
  /** Asks the station as the CSMS does; what it answers must be valid by its schema. */
  ask(action: string, payload: JsonObject): Promise<JsonObject>;
}

export interface BenchOptions {
  readonly session?: 'loop' | 'none';
  readonly pace?: SessionPace;
  readonly script?: Script;
  readonly security?: ClientSecurity;
  readonly credentials?: Credentials;
}

export function controllerBench(version: OcppVersion, options: BenchOptions = {}): ControllerBench {
  const clock = fakeClock(Date.UTC(2030, 0, 1));
  const sent: Sent[] = [];
  const violations: string[] = [];
  const script: Script = { ...accepting(version, clock), ...options.script };
  let restarts = 0;
  let reconnections = 0;
  const security = new StationSecurity({
    security: options.security,
    credentials: options.credentials,
    id: 'CS-1',
    commonName: 'S',
    clock,
  });
  let ids = 0;
  let line: { open: boolean } | undefined;
  const controller = new Controller({
    version,
    identity: { id: 'CS-1', vendor: 'V', model: 'M', serial: 'S', firmware: '1' },
    clock,
    random: () => 0.5,
    newId: () => `id-${++ids}`,
    evses: 2,
    sampleInterval: 10,
    pace: options.pace ?? QUICK,
    visitor: (options.session ?? 'loop') === 'loop' ? { token: 'VISITOR', type: 'ISO14443' } : undefined,
    onChange: () => {},
    security,
    restart: () => restarts++,
    reconnect: () => reconnections++,
  });

  function connection(own: { open: boolean }): RpcConnection {
    return {
      async call(action, payload) {
        if (!own.open) return { kind: 'closed' };
        sent.push({ action, payload, at: clock.now().mono / 1000 });
        for (const { sentence } of validator.validate(version, action, 'request', payload)) {
          violations.push(`${action}: ${sentence}`);
        }
        const answer = script[action] ?? {};
        const given = typeof answer === 'function' ? answer(payload) : answer;
        await Promise.resolve();
        // undefined: no answer comes before the connection is lost.
        if (given === undefined || !own.open) return { kind: 'closed' };
        return isOutcome(given) ? given : { kind: 'result', payload: given, violations: [] };
      },
      exchange: () => Promise.resolve(failure('not-scripted', 'Nobody sends from outside here.')),
      raw: () => failure('not-scripted', 'Nobody sends from outside here.'),
      send() {},
      ping() {},
      close() {},
    };
  }
  async function settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  }

  return {
    clock,
    controller,
    sent,
    script,
    violations,
    restarts: () => restarts,
    reconnections: () => reconnections,
    security,
    of: (action) => sent.filter((one) => one.action === action).map(({ payload }) => payload),
    async connect() {
      line = { open: true };
      controller.connected(connection(line));
      await settle();
    },
    disconnect() {
      if (line) line.open = false;
      controller.disconnected();
    },
    async pass(seconds) {
      for (let second = 0; second < seconds; second++) {
        clock.advance(1000);
        await settle();
      }
    },
    async ask(action, payload) {
      const call = { type: 'CALL', messageId: `ask-${++ids}`, action, payload } as const;
      const answer: Answer = await controller.onRequest(call);
      controller.onAnswered(call);
      await settle();
      if (!answer.ok) return { error: answer.error.code };
      const broken = validator.validate(version, action, 'response', answer.payload);
      if (broken.length > 0) throw new Error(`${action} response: ${broken.map(({ sentence }) => sentence).join(' ')}`);
      return answer.payload;
    },
  };
}

function isOutcome(given: JsonObject | CallOutcome): given is CallOutcome {
  return typeof given.kind === 'string' && ['result', 'error', 'timeout', 'closed'].includes(given.kind);
}

function accepting(version: OcppVersion, clock: FakeClock): Script {
  const currentTime = () => new Date(clock.now().wall + CSMS_AHEAD).toISOString();
  const common: Script = {
    BootNotification() {
      return { status: 'Accepted', interval: 300, currentTime: currentTime() };
    },
    Heartbeat() {
      return { currentTime: currentTime() };
    },
  };
  if (version !== '1.6') {
    return {
      ...common,
      Authorize: { idTokenInfo: { status: 'Accepted' } },
      NotifyEVChargingNeeds: { status: 'Accepted' },
    };
  }
  let transactions = 100;
  return {
    ...common,
    Authorize: { idTagInfo: { status: 'Accepted' } },
    StartTransaction() {
      return { transactionId: ++transactions, idTagInfo: { status: 'Accepted' } };
    },
  };
}
