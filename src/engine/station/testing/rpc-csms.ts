import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '../../../ocpp/json.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';

const require = createRequire(import.meta.url);

/** A request that the CSMS got. */
export interface Received {
  readonly method: string;
  readonly params: JsonObject;
}

/** A client as `ocpp-rpc` hands it to its server. */
export interface RpcClient {
  readonly protocol: string;
  readonly identity: string;
  call(method: string, params: object): Promise<Record<string, unknown>>;
  close(options?: { code?: number; reason?: string; force?: boolean }): Promise<unknown>;
}

interface Hooks {
  on(event: string, listener: (event: { error?: Error }) => void): void;
  handle(handler: (call: Received) => unknown): void;
}

/** A CSMS made of `ocpp-rpc`, which is not ours. */
export interface RpcCsms {
  readonly port: number;
  readonly url: string;
  readonly received: readonly Received[];
  /** Errors that its strict mode found in what the station sent. */
  readonly badMessages: readonly string[];
  readonly clients: readonly RpcClient[];
  close(): Promise<void>;
}

/** Answers by action; one that is a function gets the request. */
export type Answers = Readonly<Record<string, unknown>>;

/** Answers of a CSMS that accepts everything; heartbeats every `interval` seconds. */
export function acceptingAnswers(version: OcppVersion, interval: number): Answers {
  const currentTime = () => new Date().toISOString();
  let transactionId = 0;
  const info = { status: 'Accepted' };
  return {
    BootNotification() {
      return { status: 'Accepted', interval, currentTime: currentTime() };
    },
    Heartbeat() {
      return { currentTime: currentTime() };
    },
    Authorize: version === '1.6' ? { idTagInfo: info } : { idTokenInfo: info },
    NotifyEVChargingNeeds: info,
    StartTransaction() {
      return { transactionId: ++transactionId, idTagInfo: info };
    },
  };
}

/** Starts a CSMS on this machine, strict where `ocpp-rpc` has the schemas. */
export async function rpcCsms(protocol: string, answers: Answers): Promise<RpcCsms> {
  const { RPCServer } = require('ocpp-rpc');
  const strict = protocol === 'ocpp2.1' ? false : [protocol];
  const server = new RPCServer({ protocols: [protocol], strictMode: strict, callTimeoutMs: 5000 });
  const received: Received[] = [];
  const badMessages: string[] = [];
  const clients: RpcClient[] = [];
  server.auth((accept: (session: object, protocol: string) => void) => accept({}, protocol));
  server.on('client', (client: RpcClient & Hooks) => {
    clients.push(client);
    client.on('strictValidationFailure', (event) => badMessages.push(String(event.error ?? event)));
    client.on('badMessage', (event) => badMessages.push(String(event.error ?? event)));
    client.handle(({ method, params }: Received) => {
      received.push({ method, params });
      const answer = answers[method] ?? {};
      return typeof answer === 'function' ? answer(params) : answer;
    });
  });
  const http = createServer();
  http.on('upgrade', server.handleUpgrade);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    port,
    url: `ws://127.0.0.1:${port}/ocpp`,
    received,
    badMessages,
    clients,
    async close() {
      await server.close({ force: true }).catch(() => {});
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
