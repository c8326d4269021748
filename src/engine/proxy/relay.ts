import type { Direction } from '../../ocpp/direction.ts';
import type { LinkClosing } from '../../session/link.ts';
import type { Socket } from '../net/socket.ts';
import type { Recorder } from '../recorder.ts';

/** Bytes that may wait for a slow reader before the one who writes to it is no longer read. */
export const QUEUE_MAX_BYTES = 1024 * 1024;

/**
 * Bytes of one side that may wait to be recorded before it is no longer read. Within a turn of the event loop they
 * wait for its end; where recording has stopped (a full disk) and the user did not say to go on, they stay.
 */
export const UNRECORDED_MAX_BYTES = 64 * 1024;

/** One side of a relayed conversation. */
export interface Side {
  readonly link: number;
  readonly socket: Socket;
}

export interface RelayOptions {
  readonly recorder: Recorder;
  readonly station: Side;
  readonly csms: Side;
  /** Called for each data frame. */
  onFrame(): void;
  /** Called when a side is closed, once for each. */
  onClosed(link: number): void;
}

/**
 * Carries frames, pings, pongs and the close between two open sockets, each recorded before it goes on, byte for byte
 * and in order. Nothing is parsed. A side that is lost without a close frame is mirrored as just that: the other side
 * is cut (1006), not told a code that nobody sent.
 */
export function relay(options: RelayOptions): void {
  carry(options, 'to-csms', options.station, options.csms);
  carry(options, 'to-station', options.csms, options.station);
}

function carry({ recorder, onFrame, onClosed }: RelayOptions, direction: Direction, from: Side, to: Side): void {
  const { link, socket } = from;
  const target = to.socket;
  let unrecordedBytes = 0;
  function holdBack(): void {
    if (target.bufferedBytes > QUEUE_MAX_BYTES) socket.pause();
  }
  socket.listen({
    onMessage(data, binary) {
      onFrame();
      unrecordedBytes += data.byteLength;
      recorder.frame(link, direction, 'received', data, binary, () => {
        if (unrecordedBytes > UNRECORDED_MAX_BYTES) socket.resume();
        unrecordedBytes -= data.byteLength;
        target.send(data, binary);
        holdBack();
      });
      if (unrecordedBytes > UNRECORDED_MAX_BYTES) socket.pause();
    },
    onPing(data) {
      recorder.control(link, direction, 'ping', data, () => {
        target.ping(data);
        holdBack();
      });
    },
    onPong(data) {
      recorder.control(link, direction, 'pong', data, () => {
        target.pong(data);
        holdBack();
      });
    },
    onClose(closing) {
      recorder.closeLink(link, closing, () => mirror(target, closing));
      onClosed(link);
    },
    // What waited for this side has gone out: the other one may speak again.
    onDrain: () => target.resume(),
  });
}

function mirror(socket: Socket, closing: LinkClosing): void {
  if (closing.code === 1006) socket.terminate();
  else socket.close(closing.code, closing.reason);
}

/** Ends an upstream whose station went away during the handshake, with what it still says recorded. */
export function endAlone({ recorder, csms, onClosed }: Pick<RelayOptions, 'recorder' | 'csms' | 'onClosed'>): void {
  const nobody = () => {};
  csms.socket.listen({
    onMessage: (data, binary) => recorder.frame(csms.link, 'to-station', 'received', data, binary, nobody),
    onPing: (data) => recorder.control(csms.link, 'to-station', 'ping', data, nobody),
    onPong: (data) => recorder.control(csms.link, 'to-station', 'pong', data, nobody),
    onClose(closing) {
      recorder.closeLink(csms.link, closing);
      onClosed(csms.link);
    },
  });
  csms.socket.terminate();
}
