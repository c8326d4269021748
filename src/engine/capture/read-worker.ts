import { parentPort, workerData } from 'node:worker_threads';
import { localEnvironment } from '../../session/filter/environment.ts';
import { systemClock } from '../clock.ts';
import { ConnectionLists } from './connections/connection-lists.ts';
import { ConnectionQueries } from './connections/connection-queries.ts';
import { StationLifeQueries } from './connections/station-life.ts';
import { openForReading, sqliteFailure } from './database.ts';
import { FilterScans } from './filter/filter-scans.ts';
import { LateChanges } from './filter/late-changes.ts';
import { EntrySearch } from './follow/entry-search.ts';
import { followScans } from './follow/follow-scan.ts';
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
  const clock = systemClock();
  const source = {
    queries,
    scans: new FilterScans(database.value, localEnvironment()),
    late: new LateChanges(database.value, () => clock.now().mono),
  };
  const views = new Views(source, clock, (view) => post({ kind: 'viewGrown', view }));
  const search = new EntrySearch(followScans(database.value, source.scans), () => queries.extent().last, clock);
  const connections = new ConnectionQueries(database.value, queries);
  const methods = createReadMethods(
    queries,
    views,
    search,
    new ConnectionLists(database.value, (link) => connections.row(link)),
    connections,
    new StationLifeQueries(database.value, queries),
  );
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
