import type { ACTIONS_1_6 } from './catalogue/actions-1.6.ts';
import type { ACTIONS_2 } from './catalogue/actions-2.ts';
import type { Direction } from './direction.ts';
import type { OcppVersion } from './version.ts';

/** The entries of each version, by functional block. */
interface Tables {
  '1.6': typeof ACTIONS_1_6;
  '2.0.1': typeof ACTIONS_2;
  '2.1': typeof ACTIONS_2;
}

/** What an action that came later has in its entry, of those that the version does not have yet. */
interface Newer {
  '1.6': never;
  '2.0.1': { readonly since: '2.1' };
  '2.1': never;
}

/** Names of the entries of a union of blocks that may travel that way. */
type Towards<Block, D extends Direction, Absent, Kind> = Block extends unknown
  ? {
      [Name in keyof Block]: Block[Name] extends { readonly direction: D | 'both' }
        ? [Block[Name]] extends [Absent]
          ? never
          : Block[Name] extends { readonly messageType: 'SEND' }
            ? 'SEND' extends Kind
              ? Name
              : never
            : 'CALL' extends Kind
              ? Name
              : never
        : never;
    }[keyof Block]
  : never;

/**
 * Names of the actions of a version that travel as CALL that way, from the catalogue: a table typed by it does not
 * compile where one is missing.
 */
export type CallTowards<D extends Direction, V extends OcppVersion> = Towards<
  Tables[V][keyof Tables[V]],
  D,
  Newer[V],
  'CALL'
>;

/** Names of the actions of a version that travel as SEND that way. */
export type SendTowards<D extends Direction, V extends OcppVersion> = Towards<
  Tables[V][keyof Tables[V]],
  D,
  Newer[V],
  'SEND'
>;
