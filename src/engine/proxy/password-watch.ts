import { MESSAGE_TYPE, parseFrame } from '../../ocpp/frame.ts';
import type { JsonObject } from '../../ocpp/json.ts';
import { changedPassword } from '../admission/password-change.ts';
import { readHeader } from '../intercept/message-header.ts';

/** The actions with which a CSMS sets a password. */
const SETTING = new Set(['SetVariables', 'ChangeConfiguration']);
/** Requests that are remembered until they are answered; an honest CSMS has one open. */
const OPEN_MAX = 8;

/**
 * Follows a conversation for what the CSMS sets as the password of the station. Once the station has accepted it, it says
 * that one and no other (A01.FR.03), and a proxy that asks for the old one would turn away a station that is right.
 */
export class PasswordWatch {
  readonly #changed: (password: string) => void;
  readonly #open = new Map<string, { readonly action: string; readonly request: JsonObject }>();

  /** @param changed told of each password that the station has accepted */
  constructor(changed: (password: string) => void) {
    this.#changed = changed;
  }

  /** A text frame went out to the station. */
  toStation(data: Uint8Array): void {
    const header = readHeader(data);
    if (header?.type !== MESSAGE_TYPE.CALL || !SETTING.has(header.action ?? '')) return;
    const parsed = parseFrame(Buffer.from(data).toString());
    if (!parsed.ok || parsed.message.type !== 'CALL') return;
    const { messageId, action, payload } = parsed.message;
    this.#open.set(messageId, { action, request: payload });
    const [oldest] = this.#open.keys();
    if (this.#open.size > OPEN_MAX && oldest !== undefined) this.#open.delete(oldest);
  }

  /** A text frame came from the station. */
  fromStation(data: Uint8Array): void {
    if (this.#open.size === 0) return;
    const header = readHeader(data);
    const call = header?.type === MESSAGE_TYPE.CALLRESULT ? this.#open.get(header.id) : undefined;
    if (!header || !call) return;
    this.#open.delete(header.id);
    const parsed = parseFrame(Buffer.from(data).toString());
    if (!parsed.ok || parsed.message.type !== 'CALLRESULT') return;
    const password = changedPassword(call.action, call.request, parsed.message.payload);
    if (password !== undefined) this.#changed(password);
  }
}
