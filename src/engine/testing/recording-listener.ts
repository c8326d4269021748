import type { LinkClosing } from '../../session/link.ts';
import type { Socket, SocketListener } from '../net/socket.ts';

/** What came in on a socket, kept in order. */
export interface Heard extends SocketListener {
  readonly messages: { readonly data: Uint8Array; readonly binary: boolean }[];
  readonly pings: Uint8Array[];
  readonly pongs: Uint8Array[];
  closing: LinkClosing | undefined;
  drains: number;
}

/** Listens to a socket and keeps what comes in. */
export function hear(socket: Socket): Heard {
  const heard: Heard = {
    messages: [],
    pings: [],
    pongs: [],
    closing: undefined,
    drains: 0,
    onMessage: (data, binary) => void heard.messages.push({ data: Uint8Array.from(data), binary }),
    onPing: (data) => void heard.pings.push(Uint8Array.from(data)),
    onPong: (data) => void heard.pongs.push(Uint8Array.from(data)),
    onClose(closing) {
      if (heard.closing) throw new Error('closed twice');
      heard.closing = closing;
    },
    onDrain() {
      heard.drains += 1;
    },
  };
  socket.listen(heard);
  return heard;
}
