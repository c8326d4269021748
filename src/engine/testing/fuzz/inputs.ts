import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { clientFrame, handshake } from '../raw-peer.ts';
import { mutate } from './mutate.ts';

/**
 * What an input is: a message on an open WebSocket; bytes in place of frames, behind a good handshake; or bytes in place
 * of the handshake of HTTP or of TLS.
 */
export type FuzzKind = 'message' | 'frames' | 'http' | 'tls';

/** One malformed input. */
export interface FuzzInput {
  readonly kind: FuzzKind;
  readonly data: Buffer;
  /** Of a message: whether it goes as a binary frame. */
  readonly binary: boolean;
}

/** Of a hundred inputs. The others are messages. */
const SHARES = { frames: 6, http: 4, tls: 1 } as const;
/** Values that fast-check makes at a time. */
const PORTION = 200;

const TRACES = new URL('../../../../fixtures/', import.meta.url);

/** Recorded messages of all three versions, as text. */
function recorded(): readonly Buffer[] {
  const lines = ['traces/three-versions.ndjson', 'energy/v2x-session.ndjson', 'energy/session-1.6.ndjson'].flatMap(
    (name) => readFileSync(new URL(name, TRACES), 'utf8').split('\n').slice(0, 400),
  );
  const messages = lines.flatMap((line) => {
    const { raw, text } = line === '' ? {} : (JSON.parse(line) as { raw?: unknown; text?: unknown });
    const message = typeof raw === 'string' ? raw : text;
    return typeof message === 'string' ? [Buffer.from(message)] : [];
  });
  if (messages.length < 100) throw new Error(`only ${messages.length} recorded messages were found to start from`);
  return messages;
}

/** A ClientHello of TLS 1.2 as far as its cipher suites, which is enough to have its bytes changed. */
const CLIENT_HELLO = Buffer.from(
  `16030100590100005503035${'a1'.repeat(31)}b000018c02bc02fc02cc0309c9d130113021303c00ac009c013c01401000014000d000600040403080400170000000a000400020017`,
  'hex',
);

const MESSAGE_TYPES = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(2, 3, 4, 5, 6) },
  { weight: 2, arbitrary: fc.jsonValue() },
);
const NAMES = fc.oneof(
  fc.constantFrom(
    'BootNotification',
    'Heartbeat',
    'TransactionEvent',
    'SetChargingProfile',
    'MeterValues',
    'DataTransfer',
  ),
  fc.string(),
  fc.string({ unit: 'binary' }),
);
/** Messages that have the form of OCPP in most places, and in others anything that JSON can say. */
const SHAPED = fc
  .tuple(
    MESSAGE_TYPES,
    fc.oneof(fc.uuid(), fc.string({ unit: 'binary', maxLength: 60 }), fc.jsonValue()),
    NAMES,
    fc.jsonValue({ maxDepth: 5 }),
  )
  .map((parts) => JSON.stringify(parts));
const ANY = fc.oneof(
  { weight: 6, arbitrary: SHAPED },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);

/** Endless malformed inputs, the same for the same seed. */
export function* fuzzInputs(seed: number): Generator<FuzzInput, never> {
  const random = xoroshiro128plus(seed);
  const messages = recorded();
  const any = (): Buffer => messages[uniformInt(random, 0, messages.length - 1)] ?? Buffer.alloc(0);
  let portion: readonly string[] = [];
  for (let made = 0; ; made += 1) {
    const kind = kindOf(uniformInt(random, 1, 100));
    if (kind !== 'message') {
      yield { kind, data: mutate(soundOf(kind, any, random), any(), random), binary: false };
      continue;
    }
    if (uniformInt(random, 0, 3) > 0) {
      yield { kind, data: mutate(any(), any(), random), binary: uniformInt(random, 0, 9) === 0 };
      continue;
    }
    if (portion.length === 0) portion = fc.sample(ANY, { numRuns: PORTION, seed: (seed + made) | 0 });
    const [text = '', ...rest] = portion;
    portion = rest;
    yield { kind, data: Buffer.from(text), binary: false };
  }
}

function kindOf(percent: number): FuzzKind {
  if (percent <= SHARES.frames) return 'frames';
  if (percent <= SHARES.frames + SHARES.http) return 'http';
  return percent <= SHARES.frames + SHARES.http + SHARES.tls ? 'tls' : 'message';
}

/** What is sound before its bytes are changed. */
function soundOf(kind: Exclude<FuzzKind, 'message'>, any: () => Buffer, random: RandomGenerator): Buffer {
  if (kind === 'tls') return CLIENT_HELLO;
  if (kind === 'http') {
    const authorization = Buffer.from(`FUZZ:${any().subarray(0, 20)}`).toString('base64');
    return Buffer.from(
      handshake(`/ocpp/FUZZ-${uniformInt(random, 0, 99)}`, {
        'Sec-WebSocket-Protocol': 'ocpp2.1, ocpp2.0.1, ocpp1.6',
        Authorization: uniformInt(random, 0, 1) ? `Basic ${authorization}` : '',
      }),
    );
  }
  const opcodes = [0, 1, 1, 1, 2, 8, 9, 10];
  const frames = Array.from({ length: uniformInt(random, 1, 4) }, () =>
    clientFrame(opcodes[uniformInt(random, 0, 7)] ?? 1, any().subarray(0, 400), uniformInt(random, 0, 4) > 0),
  );
  return Buffer.concat(frames);
}
