import type { Socket, SocketListener } from '../../net/socket.ts';

/** A socket whose other side is the test. */
export interface FakeSocket extends Socket {
  readonly listener: SocketListener;
  /** What went out, in order: texts, and words for everything else. */
  readonly sent: string[];
  bufferedBytes: number;
  readonly paused: boolean;
}

/** A fake socket; nothing happens on it but what the test does through `listener`. */
export function fakeSocket(): FakeSocket {
  const sent: string[] = [];
  let listener: SocketListener | undefined;
  let paused = false;
  const text = (data: Uint8Array | string) => (typeof data === 'string' ? data : new TextDecoder().decode(data));
  return {
    subprotocol: '',
    extensions: '',
    bufferedBytes: 0,
    sent,
    get listener() {
      if (listener === undefined) throw new Error('nobody listens');
      return listener;
    },
    listen(one) {
      listener = one;
    },
    send: (data) => sent.push(text(data)) > 0,
    ping: (data) => void sent.push(`ping ${text(data)}`),
    pong: (data) => void sent.push(`pong ${text(data)}`),
    close: (code, reason) => void sent.push(`close ${code} ${reason}`),
    terminate: () => void sent.push('terminate'),
    get paused() {
      return paused;
    },
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
    },
  };
}
