import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../clock.ts';
import { openForReading, sqliteFailure } from './database.ts';
import { createReadMethods, type ReadRequest, type ReadResponse } from './read-methods.ts';
import { SessionQueries } from './session-queries.ts';
import { Views } from './views.ts';

const { session } = workerData as { readonly session: string };
const post = (response: ReadResponse): void => parentPort?.postMessage(response);

const database = openForReading(session);
if (!database.ok) {
  post({ kind: 'failed', error: database.error });
} else {
  const queries = new SessionQueries(database.value, session);
  const views = new Views(queries, systemClock(), (view) => post({ kind: 'viewGrown', view }));
  const methods = createReadMethods(queries, views);
  parentPort?.on('message', ({ id, method, args }: ReadRequest) => {
    if (method === 'end') {
      views.stop();
      queries.close();
      parentPort?.close();
      return;
    }
    try {
      // The arguments were typed by the caller on the other side of this port.
      const answer = (methods[method] as (...args: readonly unknown[]) => unknown)(...args);
      post({ kind: 'answer', id, value: answer });
    } catch (error) {
      post({ kind: 'refused', id, error: sqliteFailure(error) });
    }
  });
  post({ kind: 'open' });
}
