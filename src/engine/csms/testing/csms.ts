import { createValidator } from '../../../ocpp/schemas.ts';
import { systemClock } from '../../clock.ts';
import { webSocketNetwork } from '../../net/web-socket-network.ts';
import { type FakeRecorder, fakeRecorder } from '../../testing/fake-recorder.ts';
import { type CsmsOptions, createCsms, type RunningCsms } from '../csms.ts';
import { dialStation, type TestStation } from './station.ts';

const validator = createValidator();

/** A CSMS on a free port of this machine, with stations of plain WebSockets. */
export interface CsmsUnderTest {
  readonly csms: RunningCsms;
  readonly recorder: FakeRecorder;
  /** Base URL without a trailing slash. */
  readonly url: string;
  /** Connects a station of these subprotocols. */
  station(subprotocols: readonly string[], id?: string): Promise<TestStation>;
  stop(): Promise<void>;
}

/** Starts a CSMS for a test, which has to stop it. */
export async function startCsms(options: Partial<CsmsOptions> = {}): Promise<CsmsUnderTest> {
  const recorder = fakeRecorder();
  const stations: TestStation[] = [];
  const started = await createCsms({
    network: webSocketNetwork(),
    recorder,
    clock: systemClock(),
    validator,
    host: '127.0.0.1',
    port: 0,
    ...options,
  });
  if (!started.ok) throw new Error(started.error.sentence);
  const csms = started.value;
  const url = `ws://127.0.0.1:${csms.port}`;
  return {
    csms,
    recorder,
    url,
    async station(subprotocols, id = 'CS-1') {
      const station = await dialStation(`${url}/${encodeURIComponent(id)}`, subprotocols);
      stations.push(station);
      return station;
    },
    async stop() {
      for (const { ws } of stations) ws.terminate();
      await csms.close();
    },
  };
}
