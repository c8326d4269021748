import type { Leg } from '../../bridge/contract.ts';
import type { LinkNegotiation, LinkOpening } from '../../session/link.ts';
import type { Recorder } from '../recorder.ts';

/** What passes through a recorder, watched on its way: which links live, and how much they carry. */
export interface LinkWatch {
  /** Hands everything on to the recorder that is watched. */
  readonly recorder: Recorder;
  /** Data frames so far. */
  readonly messages: number;
  readonly linksOpen: number;
  readonly stationsOpen: number;
  /** Live links, oldest first, at most this many. */
  legs(most: number): readonly Leg[];
}

/** Watches a recorder; `changed` is called whenever a link comes, opens, or goes. */
export function watchLinks(recorder: Recorder, changed: () => void): LinkWatch {
  const legs = new Map<number, Leg>();
  const open = { station: 0, csms: 0 };
  let messages = 0;

  const remove = (link: number): void => {
    const leg = legs.get(link);
    if (!leg) return;
    legs.delete(link);
    if (leg.state === 'open') open[leg.peer]--;
    changed();
  };
  const negotiated = (link: number, negotiation: LinkNegotiation): void => {
    const leg = legs.get(link);
    if (!leg || leg.state === 'open') return;
    // Whatever else the handshake ended in, there is no connection.
    if (negotiation.status !== 101) {
      remove(link);
      return;
    }
    legs.set(link, {
      ...leg,
      state: 'open',
      version: negotiation.version ?? null,
      secure: leg.secure || negotiation.tls !== undefined,
    });
    open[leg.peer]++;
    changed();
  };

  return {
    recorder: {
      openLink(opening) {
        const link = recorder.openLink(opening);
        legs.set(link, connecting(link, opening));
        changed();
        return link;
      },
      negotiated(link, negotiation) {
        recorder.negotiated(link, negotiation);
        negotiated(link, negotiation);
      },
      closeLink(link, closing, release) {
        recorder.closeLink(link, closing, release);
        remove(link);
      },
      frame(...frame) {
        messages++;
        return recorder.frame(...frame);
      },
      remark: recorder.remark.bind(recorder),
      fate: recorder.fate.bind(recorder),
      control: recorder.control.bind(recorder),
    },
    get messages() {
      return messages;
    },
    get linksOpen() {
      return open.station + open.csms;
    },
    get stationsOpen() {
      return open.station;
    },
    legs(most) {
      const oldest: Leg[] = [];
      for (const leg of legs.values()) {
        if (oldest.length === most) break;
        oldest.push(leg);
      }
      return oldest;
    },
  };
}

function connecting(link: number, opening: LinkOpening): Leg {
  return {
    link,
    conversation: opening.pairedWith ?? link,
    peer: opening.peer,
    station: opening.station,
    version: null,
    secure: opening.url.startsWith('wss:'),
    profile: opening.policy?.profile,
    state: 'connecting',
  };
}
