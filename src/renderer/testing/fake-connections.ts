import type { Api } from '../../bridge/contract.ts';
import type { CONNECTIONS_METHODS, ConnectionsWanted } from '../../bridge/methods/connections.ts';
import { closingInWords } from '../../session/life/closing-words.ts';
import { connectionRow } from '../../session/life/connection-row.ts';
import type {
  ConnectionCard,
  ConnectionRemark,
  ConnectionRow,
  LinkTraffic,
  Reconnection,
  StationLife,
} from '../../session/life/life.ts';
import type { LinkFacts } from '../../session/link.ts';
import { explainNegotiation } from '../../session/negotiation/explain.ts';
import { CONNECTIONS, fakeConnections } from './fake-connection-facts.ts';
import { hostileConnection } from './fake-hostile-connection.ts';
import { type FakeShape, fakeLink, UPSTREAM } from './fake-rows.ts';

type ConnectionsApi = {
  readonly [N in keyof typeof CONNECTIONS_METHODS]: (...args: Parameters<Api[N]>) => Awaited<ReturnType<Api[N]>>;
};

/** Connections in every state, and those of the generated session before them; none of a session that is empty. */
export function createFakeConnections(
  shape: FakeShape & { readonly empty: boolean },
): ConnectionsApi & { fact(link: number): LinkFacts | null; arrive(): void } {
  const special = shape.empty ? [] : [...fakeConnections(shape.start)];
  if (shape.hostile) special.push(hostileConnection(shape.start, CONNECTIONS + special.length + 1));
  const stations = shape.empty ? 0 : shape.stations;
  const fact = (id: number): LinkFacts | null => {
    if (id > CONNECTIONS) return special[id - CONNECTIONS - 1] ?? null;
    const number = id > UPSTREAM ? id - UPSTREAM : id;
    return number >= 1 && number <= stations ? fakeLink(shape, id) : null;
  };
  /** Newest first. */
  const ids = (): readonly number[] => [
    ...special.map((_, index) => CONNECTIONS + special.length - index),
    ...Array.from({ length: stations }, (_, index) => UPSTREAM + stations - index),
    ...Array.from({ length: stations }, (_, index) => stations - index),
  ];
  const rowsOf = (links: readonly number[]): readonly ConnectionRow[] =>
    links.map(fact).flatMap((one) => (one ? [connectionRow(one)] : []));
  const rows = (): readonly ConnectionRow[] => rowsOf(ids());

  const linksOf = ({ station, kind }: ConnectionsWanted): readonly number[] => {
    if (kind === 'all' && station === null) return ids();
    const isWanted = (row: ConnectionRow) => (station === null || row.station === station) && passesKind(row, kind);
    return rows().flatMap((row) => (isWanted(row) ? [row.link] : []));
  };
  const lists = new Map<string, { readonly wanted: ConnectionsWanted; readonly links: readonly number[] }>();

  const otherLegs = (link: number): readonly number[] =>
    link > CONNECTIONS ? [] : [link > UPSTREAM ? link - UPSTREAM : link + UPSTREAM];

  return {
    fact,
    /** A station opens another connection. */
    arrive() {
      const id = CONNECTIONS + special.length + 1;
      const wall = shape.start + special.length * 20_000;
      const [model] = fakeConnections(shape.start).filter(({ station }) => station === 'CS-NEW');
      if (model)
        special.push({ ...model, id, conversation: id, station: `CS-LATE-${id}`, openedAt: { wall, mono: 0 } });
    },
    'connections.list'(wanted) {
      const links = linksOf(wanted);
      const list = crypto.randomUUID();
      lists.set(list, { wanted, links });
      return { list, count: links.length };
    },
    'connections.rows'(list, start, most) {
      const kept = lists.get(list);
      if (!kept) return null;
      const now = linksOf(kept.wanted);
      const newest = kept.links[0] ?? 0;
      return {
        rows: rowsOf(kept.links.slice(start, start + most)),
        total: now.length,
        // None of those that it has opens again, and none becomes trouble.
        fresh: now.filter((link) => link > newest).length,
      };
    },
    'connections.indexOf'(list, link) {
      const index = lists.get(list)?.links.indexOf(link) ?? -1;
      return index < 0 ? null : index;
    },
    'connections.card'(link) {
      const one = fact(link);
      return one && card(one, otherLegs(link));
    },
    'connections.station'(station) {
      const own = rows().filter((row) => row.station === station && row.peer === 'station');
      return own.length === 0 ? null : life(station, own);
    },
    'connections.disconnect'(link) {
      const one = fact(link);
      if (!one || connectionRow(one).state !== 'open' || link <= CONNECTIONS) return false;
      const at = { wall: Date.now(), mono: performance.now() };
      special[link - CONNECTIONS - 1] = { ...one, closedAt: at, closing: { code: 1001, reason: '', by: 'plugscope' } };
      return true;
    },
  };
}

function passesKind(row: ConnectionRow, kind: ConnectionsWanted['kind']): boolean {
  if (kind === 'open') return row.state === 'open' || row.state === 'connecting';
  if (kind === 'attempts') return row.attempt !== null;
  return kind === 'all' || row.trouble;
}

/** The generated session has no entries of these connections; the first of its entries stands in for each. */
function entriesOf({ status, failure, code, closing }: LinkFacts): ConnectionCard['entries'] {
  const decided = status !== undefined || failure !== undefined || code !== undefined;
  return { opening: decided ? 1 : null, closing: closing ? 2 : null };
}

function card(facts: LinkFacts, otherLegs: readonly number[]): ConnectionCard {
  const { closing } = facts;
  return {
    row: connectionRow(facts),
    facts,
    entries: entriesOf(facts),
    otherLegs,
    explanation: explainNegotiation(facts),
    traffic: traffic(facts),
    remarks: remarks(facts),
    ending: closing ? { closing, words: closingInWords(facts, closing) } : null,
  };
}

/** A station that lacks pongs does not keep up either; what is said of it stands in for its entries. */
function remarks({ pings, pongs, openedAt, closing }: LinkFacts): readonly ConnectionRemark[] {
  if (pongs >= pings || closing !== undefined) return [];
  const slow = 'CS-RETRY does not keep up: 1.0 MB wait to be read, so the CSMS is not read until they have gone out.';
  return [
    {
      entry: 4,
      at: openedAt.wall + 95_000,
      severity: 'info',
      sentence: 'The CSMS is back after 12.4 s, at attempt 3.',
    },
    { entry: 3, at: openedAt.wall + 40_000, severity: 'warning', sentence: slow },
  ];
}

/** A ping every ten seconds; every seventh of a connection that lacks pongs has none. */
function traffic({ openedAt, pings, pongs, status }: LinkFacts): LinkTraffic {
  const latest = Array.from({ length: pings }, (_, index) => ({
    at: openedAt.wall + (index + 1) * 10_000,
    milliseconds: pongs < pings && index % 7 === 3 ? null : 12 + ((index * 7919) % 90),
  }));
  const times = latest.flatMap(({ milliseconds }) => milliseconds ?? []).sort((a, b) => a - b);
  const at = (share: number): number | null => times[Math.ceil(times.length * share) - 1] ?? null;
  const open = status === 101 ? 1 : 0;
  return {
    messages: { 'to-csms': 412 * open, 'to-station': 409 * open },
    bytes: { 'to-csms': 91_204 * open, 'to-station': 22_318 * open },
    pings: {
      sent: pings,
      answered: times.length,
      missed: latest.length - times.length,
      median: at(0.5),
      p95: at(0.95),
      maximum: at(1),
      latest,
    },
  };
}

function life(station: string, own: readonly ConnectionRow[]): StationLife {
  const known = station === 'CS-RETRY';
  const start = own.at(-1)?.openedAt ?? 0;
  return {
    station,
    connections: own.filter(({ state }) => state !== 'refused').length,
    failedAttempts: own.filter(({ state }) => state === 'refused').length,
    retryBackOff: known
      ? { waitMinimum: 10, randomRange: 5, repeatTimes: 3 }
      : { waitMinimum: null, randomRange: null, repeatTimes: null },
    reconnections: reconnections(own, known),
    clock: known || station === 'CS-0001' ? clock(start) : null,
  };
}

/** Whether each return was in time: one as asked, one too early, one too late and so on, where the variables are known. */
function reconnections(own: readonly ConnectionRow[], known: boolean): readonly Reconnection[] {
  const verdicts = ['as-asked', 'too-early', 'as-asked', 'too-late'] as const;
  const oldestFirst = own.toReversed();
  return oldestFirst
    .slice(1)
    .map((row, index): Reconnection => {
      const waited = row.openedAt - (oldestFirst[index]?.closedAt ?? row.openedAt);
      const verdict = verdicts[index % verdicts.length] ?? 'as-asked';
      const least = verdict === 'too-early' ? waited + 2000 : waited - (verdict === 'too-late' ? 9000 : 1500);
      return {
        link: row.link,
        at: row.openedAt,
        succeeded: row.state !== 'refused',
        attempt: index + 1,
        waited,
        expected: known ? { least, most: least + 5000 } : null,
        verdict: known ? verdict : 'not-known',
      };
    })
    .toReversed();
}

/** A clock that is two seconds ahead and runs away by a second in an hour. */
function clock(start: number): StationLife['clock'] {
  const latest = Array.from({ length: 60 }, (_, index) => ({
    at: start + index * 60_000,
    offset: 2000 + index * 17 - ((index * 7919) % 300),
    entry: index * 2 + 1,
  }));
  return { offset: 3003, samples: 312, latest };
}
