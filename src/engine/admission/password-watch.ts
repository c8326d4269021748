import { MESSAGE_TYPE, parseFrame } from '../../ocpp/frame.ts';
import { readHeader } from '../rpc/message-header.ts';
import { acceptsPassword, passwordSet } from './password-change.ts';

/** The actions with which a CSMS sets a password. */
const SETTING = new Set(['SetVariables', 'ChangeConfiguration']);
/** Requests that are remembered until they are answered; an honest CSMS has one open. */
const OPEN_MAX = 8;

/**
 * Follows the frames between a CSMS and a station, as one side knows them, for a password that the CSMS sets: once the
 * station has accepted it, it says that one and no other (A01.FR.03). Frames may be anything.
 */
export class PasswordWatch {
  readonly #changed: (password: string) => void;
  readonly #open = new Map<string, { readonly action: string; readonly password: string }>();

  /** @param changed told of a password that counts from now on */
  constructor(changed: (password: string) => void) {
    this.#changed = changed;
  }

  /** A text frame of the CSMS. */
  asked(data: Uint8Array): void {
    const header = readHeader(data);
    if (header?.type !== MESSAGE_TYPE.CALL || !SETTING.has(header.action ?? '')) return;
    const parsed = parseFrame(Buffer.from(data).toString());
    if (!parsed.ok || parsed.message.type !== 'CALL') return;
    const { messageId, action, payload } = parsed.message;
    const password = passwordSet(action, payload);
    // The id is that of another request now.
    this.#open.delete(messageId);
    if (password === undefined) return;
    this.#open.set(messageId, { action, password });
    const [oldest] = this.#open.keys();
    if (this.#open.size > OPEN_MAX && oldest !== undefined) this.#open.delete(oldest);
  }

  /** A text frame of the station. */
  answered(data: Uint8Array): void {
    if (this.#open.size === 0) return;
    const header = readHeader(data);
    if (header?.type !== MESSAGE_TYPE.CALLRESULT && header?.type !== MESSAGE_TYPE.CALLERROR) return;
    const call = this.#open.get(header.id);
    if (!call) return;
    this.#open.delete(header.id);
    const parsed = parseFrame(Buffer.from(data).toString());
    if (!parsed.ok || parsed.message.type !== 'CALLRESULT') return;
    if (acceptsPassword(call.action, parsed.message.payload)) this.#changed(call.password);
  }
}
