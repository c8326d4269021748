import { MessageChannelMain, type MessagePortMain, utilityProcess } from 'electron';
import type { FromEngine, KeyRingAnswer, KeyRingQuestion, ToEngine } from './engine-messages.ts';

/** Milliseconds that the engine has to end its recording when the application quits. */
const CLOSE_MS = 10_000;

/** The engine in a process of its own, so that no window and no dialog ever delays traffic. */
export interface EngineHost {
  /** A new client; yields the window's end of its port. */
  connect(): MessagePortMain;
  /** Shows a session file in the window. */
  open(path: string): void;
  /** Ends the engine; resolves when its process is gone. */
  close(): Promise<void>;
}

export interface EngineHostOptions {
  /** Path of the engine's script. */
  readonly script: string;
  /** Told of what the user should read. */
  onFailure(title: string, sentence: string): void;
  /** Asks the key ring of the user's session. Never rejects. */
  keyRing(question: KeyRingQuestion): Promise<KeyRingAnswer>;
  /** Called where the process ends unasked. */
  onExit(code: number): void;
}

/** Starts the engine's process. */
export function startEngineHost(options: EngineHostOptions): EngineHost {
  const child = utilityProcess.fork(options.script, [], { serviceName: 'Plugscope engine' });
  const exited = new Promise<number>((resolve) => child.once('exit', resolve));
  let closing = false;
  child.on('message', async (message: FromEngine) => {
    if (message.kind === 'failed') options.onFailure(message.title, message.sentence);
    else tell({ kind: 'key-ring', id: message.id, answer: await options.keyRing(message.question) });
  });
  void exited.then((code) => closing || options.onExit(code));
  const tell = (message: ToEngine, ports: MessagePortMain[] = []): void => child.postMessage(message, ports);
  return {
    connect() {
      const { port1, port2 } = new MessageChannelMain();
      tell({ kind: 'client' }, [port1]);
      return port2;
    },
    open: (path) => tell({ kind: 'open', path }),
    async close() {
      closing = true;
      tell({ kind: 'close' });
      const late = setTimeout(() => child.kill(), CLOSE_MS);
      await exited;
      clearTimeout(late);
    },
  };
}
