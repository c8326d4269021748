import { newestCommonVersion, type OcppVersion, SUBPROTOCOL_OF } from '../../ocpp/version.ts';
import type { Socket, UpgradeRequest } from '../net/socket.ts';
import { stationIdentity } from '../net/station-identity.ts';
import type { Recorder } from '../recorder.ts';

/** A station whose WebSocket is open in a version that both speak. */
export interface Admitted {
  readonly id: string;
  readonly version: OcppVersion;
  readonly link: number;
  readonly socket: Socket;
  readonly secure: boolean;
}

/**
 * Decides about a station's opening handshake and records it. Yields undefined where there is nobody to talk to:
 * no identity in the path (404, part 4, 3.3), a handshake that is none (400), no version in common, or a peer that
 * went away meanwhile.
 */
export async function admit(request: UpgradeRequest, recorder: Recorder): Promise<Admitted | undefined> {
  const { target, headers, offered, remoteAddress, tls, flaw } = request;
  const id = stationIdentity(target);
  const link = recorder.openLink({
    peer: 'station',
    opener: 'peer',
    station: id,
    url: target,
    remoteAddress,
    requestHeaders: headers,
    offered,
  });
  const refusal = flaw === undefined ? (id === '' ? NO_IDENTITY : undefined) : { status: 400, sentence: flaw };
  if (refusal !== undefined) {
    recorder.negotiated(link, { status: refusal.status, failure: refusal.sentence, tls });
    request.refuse(refusal.status, [], refusal.sentence);
    return undefined;
  }
  const version = newestCommonVersion(offered);
  const chosen = version === undefined ? '' : SUBPROTOCOL_OF[version];
  const accepted = await request.accept(chosen);
  if (!accepted.ok) {
    recorder.negotiated(link, { failure: accepted.error.sentence, tls });
    return undefined;
  }
  recorder.negotiated(link, { status: 101, chosen, version, tls });
  const socket = accepted.value;
  if (version === undefined) {
    closeUnversioned(socket, link, recorder);
    return undefined;
  }
  return { id, version, link, socket, secure: tls !== undefined };
}

const NO_IDENTITY = { status: 404, sentence: 'The path must end in the identity of the charging station.' };

const NOTHING = (): void => {};

/** 1.6-J 3.2 and part 4, 3.3: without a version in common the handshake is completed, and then closed at once. */
function closeUnversioned(socket: Socket, link: number, recorder: Recorder): void {
  socket.listen({
    onMessage: (data, binary) => recorder.frame(link, 'to-csms', 'received', data, binary, NOTHING),
    onPing: (data) => recorder.control(link, 'to-csms', 'ping', data, NOTHING),
    onPong: (data) => recorder.control(link, 'to-csms', 'pong', data, NOTHING),
    onClose: (closing) => recorder.closeLink(link, closing),
  });
  socket.close(1002, 'no OCPP version in common');
}
