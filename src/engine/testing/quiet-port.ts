import { once } from 'node:events';
import { createServer } from 'node:net';

/** Ports that a system gives nobody who asks for any: those that Linux, macOS and Windows hand out are above. */
const FIRST = 20_000;
const COUNT = 12_000;

/** A port of this machine that nobody had a moment ago, and nobody is given at random, so that it stays free. */
export async function quietPort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    const server = createServer();
    const isFree = once(server.listen(port, '127.0.0.1'), 'listening').then(
      () => true,
      () => false,
    );
    if (!(await isFree)) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
