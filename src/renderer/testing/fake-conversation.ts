import { type Direction, opposite } from '../../ocpp/direction.ts';
import type { Finding } from '../../session/finding.ts';
import type { EntryKind, RowType } from '../../session/timeline.ts';

/** One generated entry. */
export interface FakeMessage {
  readonly kind: EntryKind;
  readonly type: RowType;
  readonly direction: Direction;
  readonly action: string | null;
  readonly summary: string;
  readonly findings: readonly Finding[];
  readonly size: number;
  readonly binary?: boolean;
  text(messageId: string): string;
}

interface Script {
  readonly action: string;
  readonly direction: Direction;
  readonly summary: string;
  readonly payload: object;
  readonly answerSummary: string;
  readonly answer: object;
}

const script = (
  action: string,
  direction: Direction,
  summary: string,
  payload: object,
  answerSummary: string,
  answer: object,
): Script => ({ action, direction, summary, payload, answerSummary, answer });

const energy = {
  eventType: 'Updated',
  timestamp: '2026-11-20T09:05:01.203Z',
  triggerReason: 'MeterValuePeriodic',
  seqNo: 41,
  transactionInfo: { transactionId: 'e1f0a8c2', chargingState: 'Charging' },
  evse: { id: 1, connectorId: 1 },
  meterValue: [
    {
      timestamp: '2026-11-20T09:05:01.000Z',
      sampledValue: [
        { value: 11034.5, measurand: 'Power.Active.Import', unitOfMeasure: { unit: 'W' } },
        { value: 61, measurand: 'SoC', location: 'EV', unitOfMeasure: { unit: 'Percent' } },
        { value: 48211.7, measurand: 'Energy.Active.Import.Register', unitOfMeasure: { unit: 'Wh' } },
      ],
    },
  ],
};

const SCRIPTS: readonly Script[] = [
  script('TransactionEvent', 'to-csms', 'Charging · EVSE 1 · 11.0 kW · SoC 61 %', energy, 'Accepted', {}),
  script('Heartbeat', 'to-csms', 'Heartbeat', {}, 'Time 2026-11-20 09:05:01', {
    currentTime: '2026-11-20T09:05:01.231Z',
  }),
  script(
    'StatusNotification',
    'to-csms',
    'EVSE 1 connector 1 Occupied',
    { timestamp: '2026-11-20T09:05:02Z', connectorStatus: 'Occupied', evseId: 1, connectorId: 1 },
    'Taken note',
    {},
  ),
  script(
    'SetChargingProfile',
    'to-station',
    'TxDefaultProfile · EVSE 1 · limit 16.0 A',
    {
      evseId: 1,
      chargingProfile: {
        id: 7,
        stackLevel: 0,
        chargingProfilePurpose: 'TxDefaultProfile',
        chargingProfileKind: 'Absolute',
        chargingSchedule: [
          { id: 1, chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 16.0, numberPhases: 3 }] },
        ],
      },
    },
    'Accepted',
    { status: 'Accepted' },
  ),
  script(
    'BootNotification',
    'to-csms',
    'Boot by PowerUp · Plugscope Bench One',
    { reason: 'PowerUp', chargingStation: { model: 'Bench One', vendorName: 'Plugscope' } },
    'Boot accepted, heartbeat every 300 s',
    { currentTime: '2026-11-20T09:00:00Z', interval: 300, status: 'Accepted' },
  ),
  script(
    'Authorize',
    'to-csms',
    'Token 04E8…A2 (ISO14443)',
    { idToken: { idToken: '04E8C1A2', type: 'ISO14443' } },
    'Accepted',
    { idTokenInfo: { status: 'Accepted' } },
  ),
];

const HOSTILE = [
  '<img src=x onerror="document.title=\'broken out\'"><script>document.title="broken out"</script>',
  '\u001b[31mred\u001b[0m \u0007 bell \u0000 nul',
  'invoice\u202Egnp.exe\u2066 \u200Bzero',
  `\u05E9\u05DC\u05D5\u05DD ${'long '.repeat(2000)}`,
];

/** The message at an index of the whole session, always the same one. */
export function conversationAt(shape: { hostile: boolean; large: boolean }, index: number): FakeMessage {
  const pair = index >> 1;
  const answers = index % 2 === 1;
  if (pair % 2500 === 2499) return linkEvent(answers);
  if (shape.large && pair < 3) return large(pair, answers);
  if (shape.hostile && pair % 5 === 3) return hostile(pair, answers);
  if (pair % 311 === 170) return answers ? refusal(pair) : broken();
  const chosen = SCRIPTS[(pair * 2654435761) % SCRIPTS.length] ?? SCRIPTS[0];
  return answers ? answerOf(chosen as Script, pair) : callOf(chosen as Script, pair);
}

function callOf({ action, direction, summary, payload }: Script, pair: number): FakeMessage {
  const findings: Finding[] = [];
  let body: object = payload;
  if (pair % 53 === 12) {
    const { evse: _, ...others } = payload as { evse?: object };
    body = { ...others, evse: { id: -1, conector: 1 }, reservationId: 'none' };
    findings.push(
      finding('error', 'schema.type', '/reservationId', 'reservationId must be an integer; it is the string "none".'),
      finding('error', 'schema.minimum', '/evse/id', 'evse.id must be at least 0; it is -1.'),
      finding('warning', 'schema.additionalProperties', '/evse/conector', 'evse has no property conector.'),
    );
  }
  const text = (id: string): string => JSON.stringify([2, id, action, body]);
  return { kind: 'frame', type: 'CALL', direction, action, summary, findings, size: text('').length + 13, text };
}

function answerOf({ action, direction, answerSummary, answer }: Script, pair: number): FakeMessage {
  const findings =
    pair % 97 === 40
      ? [finding('warning', 'rpc.slow', undefined, 'The answer took 8.2 s; stations time out after 30 s.')]
      : [];
  return {
    kind: 'frame',
    type: 'CALLRESULT',
    direction: opposite(direction),
    action,
    summary: answerSummary,
    findings,
    size: 64,
    text: (id) => JSON.stringify([3, id, answer]),
  };
}

function broken(): FakeMessage {
  return {
    kind: 'frame',
    type: 'malformed',
    direction: 'to-csms',
    action: null,
    summary: 'Not JSON: value expected at offset 29',
    findings: [
      {
        ...finding('error', 'frame.not-json', undefined, 'The text is not valid JSON: value expected at offset 29.'),
        offset: 29,
      },
    ],
    size: 42,
    text: () => '[2,"a3f1","Heartbeat",{"now":}}',
  };
}

function refusal(pair: number): FakeMessage {
  return {
    kind: 'frame',
    type: 'CALLERROR',
    direction: 'to-station',
    action: 'Heartbeat',
    summary: 'RpcFrameworkError: not valid JSON',
    findings: [],
    size: 80,
    text: (id) => JSON.stringify([4, id, 'RpcFrameworkError', `pair ${pair} is not valid JSON`, {}]),
  };
}

function linkEvent(opened: boolean): FakeMessage {
  return {
    kind: opened ? 'opened' : 'closed',
    type: 'malformed',
    direction: 'to-csms',
    action: null,
    summary: opened
      ? 'Connected from 192.168.1.31 with ocpp2.1'
      : 'Connection lost without a close frame (1006) after 2 min 4 s',
    findings: opened ? [] : [finding('warning', 'link.lost', undefined, 'The connection was lost without a close.')],
    size: 0,
    text: () => '',
  };
}

function hostile(pair: number, answers: boolean): FakeMessage {
  const string = HOSTILE[(pair >> 2) % HOSTILE.length] ?? '';
  const payload = { vendorId: string, [`__proto__${string.slice(0, 40)}`]: string };
  return {
    kind: 'frame',
    type: answers ? 'CALLRESULT' : 'CALL',
    direction: answers ? 'to-station' : 'to-csms',
    action: string.slice(0, 80),
    summary: string,
    findings: answers ? [] : [finding('error', 'schema.maxLength', '/vendorId', `Too long: ${string.slice(0, 60)}`)],
    size: string.length,
    text: (id) => JSON.stringify(answers ? [3, id, payload] : [2, id, string.slice(0, 80), payload]),
  };
}

const LARGE = [1_000_000, 6_000_000, 16_000_000];

function large(pair: number, answers: boolean): FakeMessage {
  const size = LARGE[pair] ?? 0;
  const payload = () => {
    const data = Array.from({ length: Math.floor(size / 100) }, (_, i) => ({
      id: i,
      value: 'x'.repeat(70),
      unit: 'W',
    }));
    return { vendorId: 'large', data };
  };
  return {
    kind: 'frame',
    type: answers ? 'CALLRESULT' : 'CALL',
    direction: answers ? 'to-station' : 'to-csms',
    action: 'DataTransfer',
    summary: answers ? 'Accepted' : `Data of vendor large, ${size / 1e6} MB`,
    findings: answers ? [] : [finding('error', 'schema.type', '/data/3/value', 'value must be a number.')],
    size: answers ? 40 : size,
    text: (id) =>
      answers ? JSON.stringify([3, id, { status: 'Accepted' }]) : JSON.stringify([2, id, 'DataTransfer', payload()]),
  };
}

function finding(severity: Finding['severity'], rule: string, pointer: string | undefined, sentence: string): Finding {
  return { severity, rule, requirements: ['E02.FR.05'], sentence, ...(pointer === undefined ? {} : { pointer }) };
}
