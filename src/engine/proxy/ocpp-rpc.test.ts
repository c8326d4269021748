import { RPCClient, RPCServer } from 'ocpp-rpc';
import { afterEach, describe, expect, it } from 'vitest';
import { webSocketNetwork } from '../net/web-socket-network.ts';
import { fakeRecorder } from '../testing/fake-recorder.ts';
import { until } from '../testing/until.ts';
import { createProxy } from './proxy.ts';

/* An implementation that is not ours on both sides: what it takes for valid traffic comes through the proxy unharmed. */

type Payload = Record<string, unknown>;
interface Case {
  readonly protocol: string;
  readonly strict: boolean;
  /** Requests of the station, and what the CSMS answers. */
  readonly up: readonly (readonly [action: string, request: Payload, response: Payload])[];
  readonly down: readonly (readonly [action: string, request: Payload, response: Payload])[];
}

const NOW = '2026-01-01T00:00:00.000Z';
const BOOTED = { currentTime: NOW, interval: 300, status: 'Accepted' };
const BOOT_2 = { reason: 'PowerUp', chargingStation: { model: 'M', vendorName: 'V' } };
const STARTED_2 = {
  eventType: 'Started',
  timestamp: NOW,
  triggerReason: 'CablePluggedIn',
  seqNo: 0,
  transactionInfo: { transactionId: 'tx-1' },
};

const CASES: readonly Case[] = [
  {
    protocol: 'ocpp1.6',
    strict: true,
    up: [
      ['BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' }, BOOTED],
      ['Heartbeat', {}, { currentTime: NOW }],
      ['StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Available' }, {}],
    ],
    down: [
      ['RemoteStartTransaction', { idTag: 'ä€😀' }, { status: 'Accepted' }],
      ['Reset', { type: 'Soft' }, { status: 'Rejected' }],
    ],
  },
  {
    protocol: 'ocpp2.0.1',
    strict: true,
    up: [
      ['BootNotification', BOOT_2, BOOTED],
      ['TransactionEvent', STARTED_2, {}],
      ['Heartbeat', {}, { currentTime: NOW }],
    ],
    down: [
      ['GetBaseReport', { requestId: 1, reportBase: 'FullInventory' }, { status: 'Accepted' }],
      ['Reset', { type: 'Immediate' }, { status: 'Accepted' }],
    ],
  },
  {
    protocol: 'ocpp2.1',
    strict: false,
    up: [
      ['BootNotification', BOOT_2, BOOTED],
      ['TransactionEvent', STARTED_2, {}],
    ],
    down: [['ClearDERControl', { isDefault: false }, { status: 'NotFound' }]],
  },
];

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

describe.each(CASES)('ocpp-rpc speaks $protocol through the proxy', ({ protocol, strict, up, down }) => {
  async function connect() {
    const server = new RPCServer({ protocols: [protocol], strictMode: strict });
    const seen: unknown[] = [];
    server.auth((accept, reject, handshake) => {
      seen.push({ identity: handshake.identity, password: handshake.password?.toString() });
      if (handshake.password?.toString() === 'wrong') reject(401, 'not you');
      else accept();
    });
    const clients: { call(action: string, payload: Payload): Promise<unknown> }[] = [];
    const invalid: unknown[] = [];
    server.on('client', (client) => {
      client.on('strictValidationFailure', (failure: unknown) => invalid.push(failure));
      for (const [action, , response] of up) client.handle(action, async () => response);
      clients.push(client);
    });
    const http = await server.listen(0, '127.0.0.1');
    closers.push(() => server.close({ force: true }));
    const address = http.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const recorder = fakeRecorder();
    const created = await createProxy({
      network: webSocketNetwork(),
      recorder,
      upstream: `ws://127.0.0.1:${port}/ocpp`,
      port: 0,
      host: '127.0.0.1',
    });
    if (!created.ok) throw new Error(created.error.sentence);
    const proxy = created.value;
    closers.push(() => proxy.close());
    const station = (password: string) => {
      const options = {
        endpoint: `ws://127.0.0.1:${proxy.port}/a`,
        identity: 'CS 7',
        password,
        protocols: [protocol],
        strictMode: strict,
        reconnect: false,
      };
      // Its types want every option, its code has defaults.
      const client = new RPCClient(options as ConstructorParameters<typeof RPCClient>[0]);
      for (const [action, , response] of down) client.handle(action, async () => response);
      return client;
    };
    return { station, clients, recorder, seen, invalid };
  }

  it('in calls both ways', async () => {
    const { station, clients, recorder, seen, invalid } = await connect();
    const client = station('secret');
    await client.connect();
    expect(client.protocol).toBe(protocol);
    expect(seen).toEqual([{ identity: 'CS 7', password: 'secret' }]);
    for (const [action, request, response] of up) expect(await client.call(action, request)).toEqual(response);
    const csms = await until(() => clients[0]);
    for (const [action, request, response] of down) expect(await csms.call(action, request)).toEqual(response);
    await client.close({ code: 1000, reason: 'done' });
    await until(() => recorder.links.every(({ closing }) => closing));
    expect(invalid).toEqual([]);
    expect(recorder.frames).toHaveLength(2 * (up.length + down.length));
    expect(recorder.links.map(({ closing }) => closing?.code)).toEqual([1000, 1000]);
    expect(recorder.links[0]?.opening.station).toBe('CS 7');
  });

  it('and is refused through it', async () => {
    const { station, recorder } = await connect();
    await expect(station('wrong').connect()).rejects.toThrow('Unauthorized');
    expect(recorder.links.map(({ negotiation }) => negotiation?.status)).toEqual([401, 401]);
  });
});
