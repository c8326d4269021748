/** Which way a message travels: towards the CSMS or towards the charging station. */
export type Direction = 'to-csms' | 'to-station';

/** The way back. */
export function opposite(direction: Direction): Direction {
  return direction === 'to-csms' ? 'to-station' : 'to-csms';
}
