import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';

/** A query of many numbers: as one string they cross into JavaScript ten times as fast as row by row. */
export type NumberList = (...values: readonly SQLInputValue[]) => readonly number[];

/** Prepares a query whose one column is called `number`. */
export function numberList(database: DatabaseSync, select: string): NumberList {
  const statement: StatementSync = database.prepare(`SELECT group_concat(number) FROM (${select})`);
  statement.setReturnArrays(true);
  return (...values) => {
    const row = statement.get(...values) as unknown as readonly SQLOutputValue[] | undefined;
    const joined = row?.[0];
    return joined === null || joined === undefined ? [] : String(joined).split(',').map(Number);
  };
}
