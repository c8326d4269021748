import type { Direction } from '../direction.ts';
import type { OcppVersion } from '../version.ts';

/** How the catalogue data is written: functional block → action → what is special about it. */
export type ActionTable = Readonly<
  Record<
    string,
    Readonly<Record<string, { direction: Direction | 'both'; since?: OcppVersion; messageType?: 'CALL' | 'SEND' }>>
  >
>;
