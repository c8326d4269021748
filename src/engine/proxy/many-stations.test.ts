import { afterEach, expect, it } from 'vitest';
import { until } from '../testing/until.ts';
import { stationPeer } from '../testing/web-socket-peers.ts';
import { type Bench, startBench } from './testing/bench.ts';

const benches: Bench[] = [];
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.close();
});

it('takes 200 stations at once, each with its own upstream', async () => {
  const bench = await startBench();
  benches.push(bench);
  let changes = 0;
  bench.proxy.onChange(() => {
    changes += 1;
  });
  const count = 200;
  const stations = await Promise.all(Array.from({ length: count }, (_, i) => stationPeer(`${bench.url}/CS-${i}`)));
  await until(() => bench.proxy.legs().filter(({ state }) => state === 'open').length === 2 * count);
  expect(changes).toBe(2 * count);
  stations.forEach((station, i) => void station.ws.send(`from CS-${i}`));
  await until(() => bench.csms.connections.every(({ messages }) => messages.length === 1));
  for (const { request, messages } of bench.csms.connections) {
    expect(messages[0]?.data.toString()).toBe(`from ${request?.url?.slice(1)}`);
  }
  expect(bench.proxy.messages).toBe(count);
  for (const station of stations) station.ws.close(1000);
  await until(() => bench.proxy.legs().length === 0);
  expect(bench.recorder.links.every(({ closing }) => closing?.code === 1000)).toBe(true);
});
