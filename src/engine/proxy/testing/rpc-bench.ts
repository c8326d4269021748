import { RPCClient, RPCServer } from 'ocpp-rpc';
import type { RuleEngine } from '../../intercept/verdict.ts';
import { until } from '../../testing/until.ts';
import { type Bench, startBench } from './bench.ts';

type Payload = Record<string, unknown>;

/** One end of a conversation that ocpp-rpc holds: what it was asked, and how it asks. */
export interface RpcEnd {
  readonly asked: { readonly method: string; readonly params: Payload; readonly messageId: string }[];
  call(action: string, payload: Payload): Promise<unknown>;
}

/** A proxy between two ends of ocpp-rpc, strict about OCPP 2.0.1. */
export interface RpcBench extends Bench {
  readonly stationEnd: RpcEnd;
  readonly csmsEnd: RpcEnd;
}

const PROTOCOL = 'ocpp2.0.1';

/** What each end answers, by action. A function may take its time. */
export type Answers = Readonly<Record<string, Payload | (() => Promise<Payload> | Payload)>>;

/** Starts both ends and the proxy; each end answers by its table, and everything else with an error. */
export async function startRpcBench(
  answers: { station?: Answers; csms?: Answers },
  more: { callTimeoutMs?: number; rules?: RuleEngine } = {},
): Promise<RpcBench> {
  const server = new RPCServer({ protocols: [PROTOCOL], strictMode: true });
  server.auth((accept) => accept());
  const asked = { station: [] as RpcEnd['asked'], csms: [] as RpcEnd['asked'] };
  const clients: Pick<RpcEnd, 'call'>[] = [];
  server.on('client', (client) => {
    answerBy(client, answers.csms ?? {}, asked.csms);
    clients.push(client);
  });
  const http = await server.listen(0, '127.0.0.1');
  const address = http.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const bench = await startBench({ upstream: `ws://127.0.0.1:${port}`, rules: more.rules });
  const options = {
    endpoint: bench.url,
    identity: 'CS-1',
    protocols: [PROTOCOL],
    strictMode: true,
    reconnect: false,
    // Longer than any test, unless it is what the test is about.
    callTimeoutMs: more.callTimeoutMs ?? 60_000,
  };
  // Its types want every option, its code has defaults.
  const station = new RPCClient(options as ConstructorParameters<typeof RPCClient>[0]);
  answerBy(station, answers.station ?? {}, asked.station);
  await station.connect();
  const csms = await until(() => clients[0]);
  return {
    ...bench,
    stationEnd: { asked: asked.station, call: (action, payload) => station.call(action, payload) },
    csmsEnd: { asked: asked.csms, call: (action, payload) => csms.call(action, payload) },
    async close() {
      await station.close({ force: true });
      await server.close({ force: true });
      await bench.close();
    },
  };
}

type Handler = (request: { method: string; params: Payload; messageId: string }) => Promise<Payload>;

function answerBy(client: { handle(handler: never): void }, answers: Answers, asked: RpcEnd['asked']): void {
  const handler: Handler = async ({ method, params, messageId }) => {
    asked.push({ method, params, messageId });
    const answer = answers[method];
    if (!answer) throw new Error(`no answer to ${method}`);
    return typeof answer === 'function' ? answer() : answer;
  };
  client.handle(handler as never);
}
