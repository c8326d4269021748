import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RPCClient } from 'ocpp-rpc';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { BenchSetup } from '../../bridge/contract.ts';
import { type OcppVersion, SUBPROTOCOL_OF } from '../../ocpp/version.ts';
import type { Outcome } from '../../session/outcome.ts';
import { startEngine } from '../bench/start-engine.ts';
import { acceptingAnswers, rpcCsms } from '../station/testing/rpc-csms.ts';
import { eventually } from '../testing/eventually.ts';
import { until } from '../testing/until.ts';

let ends: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const end of ends.reverse()) await end();
  ends = [];
});

function unwrap<T>(outcome: Outcome<T>): T {
  return outcome.ok ? outcome.value : expect.fail(outcome.error.sentence);
}

/** An engine with one client. */
async function bench(setup: BenchSetup) {
  const folder = mkdtempSync(join(tmpdir(), 'plugscope-compose-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  const engine = unwrap(await startEngine({ folder, setup }));
  ends.push(() => engine.close());
  const { handlers } = engine.connect();
  const peer = async (who: 'station' | 'csms', station: string) => {
    const find = async () =>
      (await handlers['compose.peers']()).find((one) => one.peer === who && one.station === station);
    return eventually(async () => (await find()) ?? expect.fail(`no ${who} ${station}`));
  };
  return { engine, handlers, peer, folder };
}

/** A station made of ocpp-rpc, which is not ours. */
async function station(url: string, identity: string, version: OcppVersion, answers: Record<string, object> = {}) {
  const client = new RPCClient({
    endpoint: url,
    identity,
    protocols: [SUBPROTOCOL_OF[version]],
    reconnect: false,
  } as ConstructorParameters<typeof RPCClient>[0]);
  const heard: { method: string; params: unknown }[] = [];
  const hear = client.handle.bind(client) as (all: (call: { method: string; params: unknown }) => unknown) => void;
  hear(({ method, params }) => {
    heard.push({ method, params });
    return answers[method] ?? {};
  });
  await client.connect();
  ends.push(() => client.close({ force: true }).catch(() => {}));
  return { client, heard };
}

const text = (value: unknown): string => JSON.stringify(value);
const call = (link: number, action: string, payload: unknown) => ({
  ticket: action,
  link,
  action,
  payload: text(payload),
});

describe('from the built-in CSMS', () => {
  const setup = { role: 'csms', port: 0, station: null } as const;

  it('sends a call with its variables replaced, and says how it ended and where it is recorded', async () => {
    const { engine, handlers, peer, folder } = await bench(setup);
    const url = `ws://127.0.0.1:${engine.bench.state().port}`;
    const { client, heard } = await station(url, 'CS-1', '1.6', { RemoteStopTransaction: { status: 'Accepted' } });
    const other = await station(url, 'CS-2', '1.6');
    const start = { connectorId: 1, idTag: 'TAG-7', meterStart: 0, timestamp: '2026-11-20T09:00:00Z' };
    const started = (await client.call('StartTransaction', start)) as { transactionId: number };
    await other.client.call('StartTransaction', { ...start, idTag: 'TAG-8' });

    const { link } = await peer('station', 'CS-1');
    const payload = { transactionId: '{{transactionId}}' };
    const outcome = unwrap(await handlers['compose.call'](call(link, 'RemoteStopTransaction', payload)));
    expect(outcome).toMatchObject({ kind: 'result', payload: { status: 'Accepted' } });
    expect(heard.at(-1)).toEqual({ method: 'RemoteStopTransaction', params: { transactionId: started.transactionId } });
    const sent = await eventually(async () => {
      const entry = await handlers['entry.get'](outcome.entry);
      return entry?.row.answer ? entry : expect.fail('not indexed');
    });
    expect(sent.row).toMatchObject({ action: 'RemoteStopTransaction', type: 'CALL', origin: 'sent', station: 'CS-1' });
    if (outcome.kind === 'result') expect(sent.row.answer).toBe(outcome.answer);

    const draft = { station: 'CS-1', version: '1.6', action: 'DataTransfer' } as const;
    const worth = async (variable: string, ofStation: string | null = 'CS-1') => {
      const document = text({ vendorId: variable });
      const preview = await handlers['compose.preview']({ ...draft, station: ofStation, payload: document });
      return preview.resolved === null ? preview.problems[0]?.sentence : JSON.parse(preview.resolved).vendorId;
    };
    expect(await worth('{{last payload.idTag}}')).toBe('TAG-7');
    expect(await worth('{{last payload.idTag of any station}}', null)).toBe('TAG-8');
    expect(await worth('{{last payload.idTag of any station where station == "CS-1"}}')).toBe('TAG-7');
    expect(await worth('{{last response.idTagInfo.status where action == "StartTransaction"}}')).toBe('Accepted');
    expect(await worth('{{last request.connectorId where type == result}}')).toBe(1);
    expect(await worth('{{last payload.nothing}}')).toBe(
      'No message of CS-1 in this session has what is looked for: payload.nothing.',
    );
    expect(await worth('{{transactionId}}', 'CS-3')).toBe('No transaction of CS-3 has been seen in this session.');
    expect(await worth('{{transactionId}}', null)).toContain('none is chosen');

    const file = JSON.parse(readFileSync(join(folder, 'workspace.json'), 'utf8'));
    expect(file.composer.history).toMatchObject([
      { action: 'RemoteStopTransaction', text: text(payload), station: 'CS-1', outcome: 'result' },
    ]);
  });

  it('does not send what has an unknown variable, and does send what breaks the schema', async () => {
    const { engine, handlers, peer } = await bench(setup);
    const { heard } = await station(`ws://127.0.0.1:${engine.bench.state().port}`, 'CS-1', '2.0.1');
    const { link } = await peer('station', 'CS-1');
    const refused = await handlers['compose.call'](call(link, 'Reset', { type: '{{nothing}}' }));
    expect(refused).toMatchObject({
      ok: false,
      error: { sentence: expect.stringContaining('no variable {{nothing}}') },
    });
    expect(heard).toEqual([]);
    const payload = text({ type: 'Sideways', at: '{{now}}' });
    const preview = await handlers['compose.preview']({ station: 'CS-1', version: '2.0.1', action: 'Reset', payload });
    expect(preview.violations.map(({ pointer }) => pointer)).toEqual(['/at', '/type']);
    expect(preview.variables).toEqual([{ text: 'now', value: expect.stringMatching(/^\d{4}-.*Z$/) }]);
    await handlers['compose.call']({ ticket: 't', link, action: 'Reset', payload });
    expect(heard).toMatchObject([{ method: 'Reset', params: { type: 'Sideways', at: expect.stringContaining('Z') } }]);
  });

  it('says why it cannot be sent', async () => {
    const { engine, handlers, peer } = await bench(setup);
    await station(`ws://127.0.0.1:${engine.bench.state().port}`, 'CS-1', '2.0.1');
    const { link } = await peer('station', 'CS-1');
    const sentence = async (what: ReturnType<typeof call>): Promise<string> => {
      const outcome = await handlers['compose.call'](what);
      return outcome.ok ? expect.fail('it was sent') : outcome.error.sentence;
    };
    expect(await sentence(call(99, 'Reset', {}))).toBe('The connection is not open any more.');
    expect(await sentence(call(link, 'AFRRSignal', {}))).toContain('OCPP 2.0.1 has no action AFRRSignal');
    expect(await sentence({ ...call(link, 'Reset', {}), payload: '[]' })).toContain('A payload is a JSON object');
    expect(await sentence({ ...call(link, 'Reset', {}), payload: '{"a":1e400}' })).toContain(
      'would go out as Infinity',
    );
    expect((await handlers['compose.kept']()).history).toEqual([]);
  });

  it('takes a call back that waits behind another, and stops waiting for one that is out', async () => {
    const { engine, handlers, peer } = await bench(setup);
    const pending = Promise.withResolvers<object>();
    const { heard } = await station(`ws://127.0.0.1:${engine.bench.state().port}`, 'CS-1', '2.0.1', {
      Reset: pending.promise,
    });
    const { link } = await peer('station', 'CS-1');
    const first = handlers['compose.call'](call(link, 'Reset', { type: 'OnIdle' }));
    const second = handlers['compose.call'](call(link, 'ClearCache', {}));
    await until(() => heard.length === 1);
    handlers['compose.cancel']('ClearCache');
    expect(await second).toMatchObject({ ok: false, error: { code: 'taken-back' } });
    handlers['compose.cancel']('Reset');
    expect(await first).toMatchObject({ ok: false, error: { code: 'not-awaited' } });
    const third = handlers['compose.call'](call(link, 'GetLocalListVersion', {}));
    pending.resolve({ status: 'Accepted' });
    expect(await third).toMatchObject({ ok: true, value: { kind: 'result' } });
    expect(heard.map(({ method }) => method)).toEqual(['Reset', 'GetLocalListVersion']);
  });

  it('sends whole frames as they are, also bytes, and a SEND', async () => {
    const { engine, handlers, peer } = await bench(setup);
    const { client } = await station(`ws://127.0.0.1:${engine.bench.state().port}`, 'CS-1', '2.1');
    const bad = new Promise((resolve) => client.once('badMessage', resolve));
    const { link } = await peer('station', 'CS-1');
    const entry = unwrap(await handlers['compose.raw'](link, { kind: 'text', text: '{{no}} JSON' }));
    await bad;
    const bytes = Buffer.from([0, 255, 1]);
    const binary = unwrap(
      await handlers['compose.raw'](link, { kind: 'bytes', base64: bytes.toString('base64'), binary: true }),
    );
    const recorded = (number: number) =>
      eventually(async () => (await handlers['entry.get'](number)) ?? expect.fail('not indexed'));
    expect(await recorded(entry)).toMatchObject({
      text: '{{no}} JSON',
      row: { direction: 'to-station', origin: 'sent' },
    });
    expect((await recorded(binary)).base64).toBe(bytes.toString('base64'));
    const message = { link, action: 'NotifyPeriodicEventStream', payload: '{"id":1}', messageId: 'mine' };
    const send = unwrap(await handlers['compose.send'](message));
    expect(await recorded(send)).toMatchObject({ text: '[6,"mine","NotifyPeriodicEventStream",{"id":1}]' });
    const asCall = await handlers['compose.call'](call(link, 'NotifyPeriodicEventStream', {}));
    expect(asCall).toMatchObject({ ok: false, error: { code: 'message-type' } });
  });

  it('keeps snippets, and tells every client of them', async () => {
    const { engine, handlers } = await bench(setup);
    const told = vi.fn();
    const other = engine.connect();
    onTestFinished(() => other.close());
    other.subscribe({ composeKeptChanged: told } as never);
    const snippet = { id: 's', name: 'Reset', kind: 'message', version: '2.1', action: 'Reset', text: '{}' } as const;
    unwrap(await handlers['compose.setSnippets']([snippet]));
    expect(await other.handlers['compose.kept']()).toEqual({ snippets: [snippet], history: [] });
    expect(told).toHaveBeenCalledWith({ snippets: [snippet], history: [] });
  });
});

describe('from the built-in station', () => {
  it('sends to a CSMS that is not ours', async () => {
    const csms = await rpcCsms('ocpp1.6', {
      ...acceptingAnswers('1.6', 300),
      DataTransfer: { status: 'Accepted', data: 'x' },
    });
    ends.push(() => csms.close());
    const { handlers, peer } = await bench({ role: 'station', url: csms.url, station: { id: 'CS-9', version: '1.6' } });
    const { link, by } = await peer('csms', 'CS-9');
    expect(by).toBe('station');
    const outcome = unwrap(await handlers['compose.call'](call(link, 'DataTransfer', { vendorId: 'v' })));
    expect(outcome).toMatchObject({ kind: 'result', payload: { status: 'Accepted', data: 'x' } });
    expect(csms.received).toContainEqual({ method: 'DataTransfer', params: { vendorId: 'v' } });
  });
});

describe('through the proxy', () => {
  it('sends into either direction, and keeps the answers from the other side', async () => {
    const { engine, handlers, peer } = await bench({ role: 'proxy', port: 0, upstream: null, station: null });
    const { heard } = await station(`ws://127.0.0.1:${engine.bench.state().port}`, 'CS-1', '2.0.1', {
      GetLocalListVersion: { versionNumber: 5 },
    });
    const toStation = await peer('station', 'CS-1');
    const asked = unwrap(await handlers['compose.call'](call(toStation.link, 'GetLocalListVersion', {})));
    expect(asked).toMatchObject({ kind: 'result', payload: { versionNumber: 5 } });
    expect(heard.map(({ method }) => method)).toEqual(['GetLocalListVersion']);
    const toCsms = await peer('csms', 'CS-1');
    const told = unwrap(await handlers['compose.call'](call(toCsms.link, 'Heartbeat', {})));
    expect(told).toMatchObject({ kind: 'result', payload: { currentTime: expect.any(String) } });
    const detail = await eventually(
      async () => (await handlers['entry.get'](told.entry)) ?? expect.fail('not indexed'),
    );
    expect(detail.row).toMatchObject({ origin: 'injected', direction: 'to-csms' });
  });
});
