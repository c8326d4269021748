import { describe, expect, it } from 'vitest';
import type { LinkOpening } from '../../session/link.ts';
import { fakeRecorder } from '../testing/fake-recorder.ts';
import { watchLinks } from './link-watch.ts';

const opening: LinkOpening = {
  peer: 'station',
  opener: 'peer',
  station: 'CS-1',
  url: '/CS-1',
  requestHeaders: [],
  offered: ['ocpp2.1'],
};
const upstream: LinkOpening = { ...opening, peer: 'csms', opener: 'plugscope', url: 'wss://csms.example/CS-1' };
const closing = { code: 1000, reason: '', by: 'peer' } as const;

function watch() {
  const recorder = fakeRecorder();
  let changes = 0;
  const watched = watchLinks(recorder, () => changes++);
  return { recorder, watched, changes: () => changes };
}

describe('links on their way to the recorder', () => {
  it('are legs from their opening to their end', () => {
    const { watched, changes } = watch();
    const { recorder } = watched;
    const link = recorder.openLink(opening);
    const other = recorder.openLink({ ...upstream, pairedWith: link });
    expect(watched.legs(10)).toEqual([
      { link, conversation: link, peer: 'station', station: 'CS-1', version: null, secure: false, state: 'connecting' },
      {
        link: other,
        conversation: link,
        peer: 'csms',
        station: 'CS-1',
        version: null,
        secure: true,
        state: 'connecting',
      },
    ]);
    expect([watched.linksOpen, watched.stationsOpen]).toEqual([0, 0]);
    for (const one of [link, other]) recorder.negotiated(one, { status: 101, version: '2.1', chosen: 'ocpp2.1' });
    expect(watched.legs(10).map(({ state, version }) => [state, version])).toEqual([
      ['open', '2.1'],
      ['open', '2.1'],
    ]);
    expect([watched.linksOpen, watched.stationsOpen]).toEqual([2, 1]);
    recorder.closeLink(link, closing);
    recorder.closeLink(other, closing);
    expect([watched.linksOpen, watched.stationsOpen, watched.legs(10)]).toEqual([0, 0, []]);
    expect(changes()).toBe(6);
  });

  it('are gone where the handshake failed', () => {
    const { recorder: behind, watched } = watch();
    const link = watched.recorder.openLink(opening);
    watched.recorder.negotiated(link, { status: 401, failure: 'refused' });
    expect(watched.legs(10)).toEqual([]);
    expect(watched.linksOpen).toBe(0);
    expect(behind.links[0]?.negotiation?.status).toBe(401);
  });

  it('are listed oldest first, up to a limit, and all counted', () => {
    const { watched } = watch();
    for (let station = 0; station < 300; station++) {
      watched.recorder.negotiated(watched.recorder.openLink({ ...opening, station: `CS-${station}` }), { status: 101 });
    }
    expect(watched.legs(200)).toHaveLength(200);
    expect(watched.legs(200)[0]?.station).toBe('CS-0');
    expect(watched.stationsOpen).toBe(300);
  });

  it('hand everything on and count data frames', async () => {
    const { recorder: behind, watched } = watch();
    const link = watched.recorder.openLink(opening);
    const data = Uint8Array.of(1, 2);
    await new Promise<void>((release) => watched.recorder.frame(link, 'to-csms', 'received', data, false, release));
    await new Promise<void>((release) => watched.recorder.control(link, 'to-csms', 'ping', data, release));
    await new Promise<void>((release) => watched.recorder.closeLink(link, closing, release));
    expect(watched.messages).toBe(1);
    expect(behind.frames).toMatchObject([{ link, direction: 'to-csms', origin: 'received', data, binary: false }]);
    expect(behind.controls).toHaveLength(1);
    expect(behind.links[0]?.closing).toEqual(closing);
  });
});
