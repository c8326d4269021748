import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ConnectionsWanted } from '../../bridge/methods/connections.ts';
import type { Dock } from './dock.ts';

/** Which connections are listed. */
export type ConnectionKind = ConnectionsWanted['kind'];

/** The parts of the card of a connection, in the order of their tabs. */
export const CARD_PARTS = ['negotiation', 'tls', 'headers', 'life', 'station'] as const;
export type CardPart = (typeof CARD_PARTS)[number];

/** What the pane of connections shows; it outlives the pane. */
export interface ConnectionBoardState {
  /** The connection whose card is shown; null before one was chosen. */
  readonly link: number | null;
  readonly kind: ConnectionKind;
  /** Those of one station alone; of all where it is null. */
  readonly station: string | null;
  readonly part: CardPart;
  /** Somebody asked for a card, or for the list, from elsewhere: it takes the keyboard. A new object each time. */
  readonly asked: { readonly link: number | null } | null;
}

/** Which connection is looked at, and which are listed. */
export interface ConnectionBoard {
  readonly state: StoreApi<ConnectionBoardState>;
  /** Chooses a connection of the list. */
  choose(link: number): void;
  /** Chooses a connection that another card leads to: its card has the keyboard, as that one had. */
  turnTo(link: number): void;
  /** Shows the pane with the card of a connection, whatever was listed before. */
  open(link: number): void;
  /** Shows the pane and gives its list the keyboard. */
  browse(): void;
  list(kind: ConnectionKind, station: string | null): void;
  show(part: CardPart): void;
  /** The card, or the list, has the keyboard. */
  answered(): void;
  /** Another session is on screen. */
  forget(): void;
}

const NOTHING: ConnectionBoardState = { link: null, kind: 'all', station: null, part: 'negotiation', asked: null };

/** Nothing is chosen, everything listed. */
export function createConnectionBoard(dock: Pick<Dock, 'show'>): ConnectionBoard {
  const state = createStore<ConnectionBoardState>(() => NOTHING);
  return {
    state,
    choose: (link) => state.setState({ link }),
    turnTo: (link) => state.setState({ link, asked: { link } }),
    open(link) {
      // "Why?" is what somebody asks who comes from elsewhere.
      state.setState({ link, kind: 'all', station: null, part: 'negotiation', asked: { link } });
      dock.show('connections');
    },
    browse() {
      state.setState({ asked: { link: null } });
      dock.show('connections');
    },
    list: (kind, station) => state.setState({ kind, station }),
    show: (part) => state.setState({ part }),
    answered: () => state.setState({ asked: null }),
    forget: () => state.setState(NOTHING, true),
  };
}
