import { expect, it, onTestFinished } from 'vitest';
import { createValidator } from '../../ocpp/schemas.ts';
import { basicAuthorization } from '../admission/basic-credentials.ts';
import { systemClock } from '../clock.ts';
import { dialStation } from '../csms/testing/station.ts';
import { webSocketNetwork } from '../net/web-socket-network.ts';
import { fakeRecorder } from '../testing/fake-recorder.ts';
import { csmsTarget } from './csms-target.ts';

const NAMES = { component: { name: 'SecurityCtrlr' }, variable: { name: 'BasicAuthPassword' } };

it('asks a station that comes back for the password that a replay has set over OCPP, and no other (A01.FR.03)', async () => {
  let id = 0;
  const target = await csmsTarget({
    network: webSocketNetwork(),
    recorder: fakeRecorder(),
    clock: systemClock(),
    validator: createValidator(),
    host: '127.0.0.1',
    port: 0,
    security: { profile: 1, password: 'the first password' },
    anyStation: false,
    waitMs: 60_000,
    newId: () => `own-${++id}`,
  });
  if (!target.ok) return expect.fail(target.error.sentence);
  onTestFinished(() => target.value.close());
  const { signal } = new AbortController();
  const connect = () => target.value.connect('CS-1', () => ({ ok: true, payload: {} }), signal);
  const dial = (password: string) =>
    dialStation(`ws://127.0.0.1:${target.value.port}/CS-1`, ['ocpp2.1'], {
      headers: { Authorization: basicAuthorization('CS-1', password) },
    });

  const first = connect();
  const station = await dial('the first password');
  const peer = await first;
  if (!peer.ok) return expect.fail(peer.error.sentence);
  const payload = { setVariableData: [{ ...NAMES, attributeValue: 'the second password' }] };
  const set = peer.value.call({ action: 'SetVariables', payload }, signal);
  const [, messageId] = await station.next();
  const accepted = { setVariableResult: [{ ...NAMES, attributeStatus: 'Accepted' }] };
  station.ws.send(JSON.stringify([3, messageId, accepted]));
  await set;
  await peer.value.close();

  const second = connect();
  await expect(dial('the first password')).rejects.toThrow('401');
  const back = await dial('the second password');
  expect(await second).toMatchObject({ ok: true });
  back.ws.terminate();
});
