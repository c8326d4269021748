import type { ListenerSecurity } from '../../bridge/security.ts';
import { newestCommonVersion, type OcppVersion, SUBPROTOCOL_OF } from '../../ocpp/version.ts';
import type { LinkOpening, TlsFacts } from '../../session/link.ts';
import { isNegotiationCode } from '../../session/negotiation/codes.ts';
import { maskHeaders } from '../../session/secrets/headers.ts';
import { admission, noCommonVersion, policyOf } from '../admission/admission.ts';
import type { RefusalBook } from '../admission/refusals/refusal-book.ts';
import type { Socket, UpgradeRequest } from '../net/socket.ts';
import { stationIdentity } from '../net/station-identity.ts';
import type { Recorder } from '../recorder.ts';

/** A station whose WebSocket is open in a version that both speak. */
export interface Admitted {
  readonly id: string;
  readonly version: OcppVersion;
  readonly link: number;
  readonly socket: Socket;
  readonly tls: TlsFacts | undefined;
}

/** Where stations that come are recorded, let in or not. */
export interface AdmissionRecord {
  readonly recorder: Recorder;
  readonly refusals: Pick<RefusalBook, 'refused'>;
}

/**
 * Decides about a station's opening handshake and records it. Yields undefined where there is nobody to talk to: the
 * station was refused (`admission`), there is no version in common, or it went away meanwhile.
 */
export async function admit(
  request: UpgradeRequest,
  security: ListenerSecurity,
  { recorder, refusals }: AdmissionRecord,
): Promise<Admitted | undefined> {
  const { target, headers, offered, remoteAddress, tls } = request;
  const id = stationIdentity(target);
  const policy = policyOf(security);
  const opening: LinkOpening = {
    peer: 'station',
    opener: 'peer',
    station: id,
    url: target,
    remoteAddress,
    // A password that was asked for is the user's own, and stays out of the session.
    requestHeaders: security.profile === 0 ? headers : maskHeaders(headers),
    offered,
    policy,
  };
  const decision = admission(request, security);
  if (!decision.granted) {
    const { status, code, sentence } = decision;
    refusals.refused(opening, { status, responseHeaders: decision.headers, failure: sentence, code, tls });
    request.refuse(status, decision.headers, sentence);
    return undefined;
  }
  const version = newestCommonVersion(offered, policy.versions);
  const chosen = version === undefined ? '' : SUBPROTOCOL_OF[version];
  const accepted = await request.accept(chosen);
  if (!accepted.ok) {
    const { code, sentence } = accepted.error;
    refusals.refused(opening, { failure: sentence, code: isNegotiationCode(code) ? code : undefined, tls });
    return undefined;
  }
  const socket = accepted.value;
  const agreed = { status: 101, chosen, version, tls, extensions: socket.extensions || undefined };
  if (version === undefined) {
    const failure = noCommonVersion(offered, policy.versions);
    const link = refusals.refused(opening, { ...agreed, failure, code: 'no-common-version' });
    closeUnversioned(socket, link, recorder);
    return undefined;
  }
  const link = recorder.openLink(opening);
  recorder.negotiated(link, agreed);
  for (const remark of decision.remarks) recorder.remark(link, remark);
  return { id, version, link, socket, tls };
}

const NOTHING = (): void => {};

/**
 * 1.6-J 3.2 and part 4, 3.3: without a version in common the handshake is completed, and then closed at once.
 *
 * @param link undefined where the station was counted and not recorded one by one
 */
function closeUnversioned(socket: Socket, link: number | undefined, recorder: Recorder): void {
  if (link === undefined) socket.listen({ onMessage: NOTHING, onPing: NOTHING, onPong: NOTHING, onClose: NOTHING });
  else
    socket.listen({
      onMessage: (data, binary) => recorder.frame(link, 'to-csms', 'received', data, binary, NOTHING),
      onPing: (data) => recorder.control(link, 'to-csms', 'ping', data, NOTHING),
      onPong: (data) => recorder.control(link, 'to-csms', 'pong', data, NOTHING),
      onRemark: (remark) => recorder.remark(link, remark),
      onClose: (closing) => recorder.closeLink(link, closing),
    });
  socket.close(1002, 'no OCPP version in common');
}
