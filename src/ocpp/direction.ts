/** Which way a message travels: towards the CSMS or towards the charging station. */
export const DIRECTIONS = ['to-csms', 'to-station'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** The way back. */
export function opposite(direction: Direction): Direction {
  return direction === 'to-csms' ? 'to-station' : 'to-csms';
}
