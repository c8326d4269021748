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
};
