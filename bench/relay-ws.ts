import { once } from 'node:events';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import { serveParent } from '../src/engine/testing/child.ts';

/** The relay to compare with: nothing but ws on both sides, with the options that cost the least. */
const upstream = process.argv[2] ?? '';
const options = { perMessageDeflate: false, skipUTF8Validation: true };
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, ...options });
server.on('connection', (station, request) => {
  const csms = new WebSocket(upstream + request.url, station.protocol, options);
  const early: [RawData, boolean][] = [];
  station.on('message', (data, binary) => {
    if (csms.readyState === WebSocket.OPEN) csms.send(data, { binary });
    else early.push([data, binary]);
  });
  csms.on('open', () => {
    for (const [data, binary] of early) csms.send(data, { binary });
  });
  csms.on('message', (data, binary) => station.send(data, { binary }));
  csms.on('close', () => station.close());
  station.on('close', () => csms.close());
  csms.on('error', () => {});
  station.on('error', () => {});
});
await once(server, 'listening');

serveParent(() => {
  const address = server.address();
  return { port: typeof address === 'object' && address ? address.port : 0 };
});
