import type { Direction } from '../../ocpp/direction.ts';
import type { LinkClosing, LinkNegotiation, LinkOpening, LinkRemark } from '../../session/link.ts';
import type { Fate, FrameOrigin } from '../../session/timeline.ts';
import type { Recorder } from '../recorder.ts';

/** A frame as the fake recorder got it. */
export interface FakeFrame {
  readonly link: number;
  readonly direction: Direction;
  readonly origin: FrameOrigin;
  readonly data: Uint8Array;
  readonly binary: boolean;
  /** Its number, from 1. */
  readonly entry: number;
  readonly original: number | undefined;
}

/** What became of a frame, as the fake recorder was told. */
export interface FakeFate {
  readonly entry: number;
  readonly fate: Fate;
  readonly by: string;
}

/** A link as the fake recorder knows it. */
export interface FakeLink {
  readonly id: number;
  readonly opening: LinkOpening;
  negotiation?: LinkNegotiation;
  closing?: LinkClosing;
  readonly remarks: LinkRemark[];
}

/** A recorder that keeps everything in memory and releases like the real one: in order, at the end of the turn. */
export interface FakeRecorder extends Recorder {
  readonly links: readonly FakeLink[];
  readonly frames: readonly FakeFrame[];
  readonly fates: readonly FakeFate[];
  readonly controls: readonly { link: number; direction: Direction; type: 'ping' | 'pong'; data: Uint8Array }[];
  /** Frames are kept back from now on, as on a full disk. */
  stop(): void;
  /** What was kept back is released, and nothing is any more. */
  goOn(): void;
}

/** A fake recorder. With `keep` false it forgets the frames, for tests that send many. */
export function fakeRecorder(keep = true): FakeRecorder {
  const links: FakeLink[] = [];
  const frames: FakeFrame[] = [];
  const fates: FakeFate[] = [];
  let entries = 0;
  const controls: { link: number; direction: Direction; type: 'ping' | 'pong'; data: Uint8Array }[] = [];
  let releases: (() => void)[] = [];
  let stopped = false;

  function atEndOfTurn(release: () => void): void {
    if (releases.push(release) === 1) setImmediate(releaseAll);
  }
  function releaseAll(): void {
    if (stopped) return;
    const due = releases;
    releases = [];
    for (const one of due) one();
  }
  function linkOf(id: number): FakeLink {
    const link = links[id - 1];
    if (!link) throw new Error(`no link ${id} was opened`);
    return link;
  }

  return {
    links,
    frames,
    fates,
    controls,
    stop() {
      stopped = true;
    },
    goOn() {
      stopped = false;
      releaseAll();
    },
    openLink(opening) {
      links.push({ id: links.length + 1, opening, remarks: [] });
      return links.length;
    },
    negotiated(id, negotiation) {
      const link = linkOf(id);
      if (link.negotiation) throw new Error(`link ${id} was negotiated twice`);
      link.negotiation = negotiation;
    },
    remark(id, remark) {
      linkOf(id).remarks.push(remark);
    },
    closeLink(id, closing, release) {
      const link = linkOf(id);
      if (link.closing) throw new Error(`link ${id} was closed twice`);
      link.closing = closing;
      if (release) atEndOfTurn(release);
    },
    frame(link, direction, origin, data, binary, release, original) {
      if (linkOf(link).closing) throw new Error(`a frame on link ${link}, which is closed`);
      const entry = ++entries;
      if (keep) frames.push({ link, direction, origin, data: Uint8Array.from(data), binary, entry, original });
      atEndOfTurn(release);
      return entry;
    },
    fate(entry, fate, by) {
      fates.push({ entry, fate, by });
    },
    control(link, direction, type, data, release) {
      if (linkOf(link).closing) throw new Error(`a ${type} on link ${link}, which is closed`);
      if (keep) controls.push({ link, direction, type, data: Uint8Array.from(data) });
      atEndOfTurn(release);
    },
  };
}
