/**
 * Sums what passed over each link of a session that has none: what was recorded on the link itself, and what came on the
 * other leg and went on, which is not what was kept from it.
 */
export const TRAFFIC_OF_ENTRIES: readonly string[] = [
  `INSERT INTO traffic SELECT link, direction, COUNT(*), SUM(size) FROM entry WHERE kind = 0 GROUP BY link, direction`,
  // Legs are paired first: a station that was kept while its CSMS was away has thousands that never opened.
  `INSERT INTO traffic
     WITH pair AS MATERIALIZED (
       SELECT l.id AS link, o.id AS onward, o.opened_mono AS begins, o.closed_mono AS ends
       FROM link o JOIN link l ON l.conversation = o.conversation AND l.id <> o.id
       WHERE o.standing BETWEEN 1 AND 3 AND l.standing BETWEEN 1 AND 3)
     SELECT p.onward, e.direction, COUNT(*), SUM(e.size)
     FROM entry e CROSS JOIN pair p ON p.link = e.link AND p.begins <= e.mono AND (p.ends IS NULL OR p.ends >= e.mono)
     WHERE e.kind = 0 AND e.origin = 0 AND (e.fate IS NULL OR e.fate = 4) GROUP BY p.onward, e.direction
     ON CONFLICT DO UPDATE SET messages = messages + excluded.messages, bytes = bytes + excluded.bytes`,
];

/**
 * The steps of the format: the statements that make a session of a version one of the next, by the version that they
 * lead away from. Pure: the same for every file, and what is released never changes.
 */
export const MIGRATIONS: Readonly<Record<number, readonly string[]>> = {
  // Frames that were edited, dropped or injected; notes, and what is kept with the session.
  1: [
    'ALTER TABLE entry ADD COLUMN origin INTEGER',
    'ALTER TABLE entry ADD COLUMN original INTEGER',
    'ALTER TABLE entry ADD COLUMN fate INTEGER',
    'UPDATE entry SET origin = (SELECT f.origin FROM frame f WHERE f.entry = entry.entry) WHERE kind = 0',
    'ALTER TABLE frame DROP COLUMN origin',
    'CREATE INDEX entry_original ON entry (original) WHERE original IS NOT NULL',
    'CREATE TABLE fate (entry INTEGER PRIMARY KEY, by TEXT NOT NULL) STRICT',
    'CREATE TABLE note (entry INTEGER PRIMARY KEY, wall REAL NOT NULL, comment TEXT NOT NULL) STRICT',
    `CREATE TABLE kept (
      kind TEXT NOT NULL, position INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, position)
    ) STRICT`,
  ],
  // How links stand and what passed over them, told without reading their facts; remarks need no table of their own.
  2: [
    'ALTER TABLE link ADD COLUMN standing INTEGER NOT NULL DEFAULT 0',
    'ALTER TABLE link ADD COLUMN opened_entry INTEGER',
    'ALTER TABLE link ADD COLUMN closed_entry INTEGER',
    `UPDATE link SET standing = CASE
      WHEN closing IS NOT NULL THEN CASE WHEN CASE WHEN json_valid(closing) THEN closing ->> 'by' END = 'lost' THEN 3 ELSE 2 END
      WHEN negotiation IS NULL THEN CASE ended WHEN 1 THEN 2 ELSE 0 END
      WHEN CASE WHEN json_valid(negotiation) THEN negotiation ->> 'failure' END IS NOT NULL THEN 4
      WHEN CASE WHEN json_valid(negotiation) THEN negotiation ->> 'status' END <> 101 THEN 4
      WHEN ended = 1 THEN 2 ELSE 1 END`,
    `UPDATE link SET opened_entry = e.entry
     FROM (SELECT link, MIN(entry) AS entry FROM entry WHERE kind IN (1, 2) GROUP BY link) e WHERE e.link = link.id`,
    `UPDATE link SET closed_entry = e.entry
     FROM (SELECT link, MAX(entry) AS entry FROM entry WHERE kind = 3 GROUP BY link) e WHERE e.link = link.id`,
    'CREATE INDEX link_standing ON link (standing, id)',
    'CREATE INDEX link_station ON link (station, standing, id, conversation)',
    'CREATE INDEX control_link ON control (link, id)',
    'CREATE INDEX entry_remark ON entry (link) WHERE kind = 4',
    `CREATE TABLE traffic (
      link INTEGER NOT NULL, direction INTEGER NOT NULL, messages INTEGER NOT NULL, bytes INTEGER NOT NULL,
      PRIMARY KEY (link, direction)
    ) STRICT, WITHOUT ROWID`,
    ...TRAFFIC_OF_ENTRIES,
  ],
};
