import type { LinkClosing } from '../../session/link.ts';
import type { Clock } from '../clock.ts';
import type { Socket } from '../net/socket.ts';
import type { Recorder } from '../recorder.ts';

export interface ForeignSocketOptions {
  readonly socket: Socket;
  readonly link: number;
  readonly recorder: Recorder;
  readonly clock: Clock;
  /** Milliseconds for the closing handshake. */
  readonly patienceMs: number;
  onClose(closing: LinkClosing): void;
}

/** Closes a connection on which no OCPP version was agreed, recording whatever still comes (1.6-J 3.3; part 4, 3.3). */
export function closeForeign({ socket, link, recorder, clock, patienceMs, onClose }: ForeignSocketOptions): void {
  const timer = clock.after(patienceMs, () => socket.terminate());
  const nothing = (): void => {};
  socket.listen({
    onMessage: (data, binary) => recorder.frame(link, 'to-station', 'received', data, binary, nothing),
    onPing: (data) => recorder.control(link, 'to-station', 'ping', data, nothing),
    onPong: (data) => recorder.control(link, 'to-station', 'pong', data, nothing),
    onClose(closing) {
      timer.cancel();
      recorder.closeLink(link, closing);
      onClose(closing);
    },
  });
  socket.close(1002, 'no common OCPP version');
}
