import type { Direction } from '../../ocpp/direction.ts';
import { MESSAGE_TYPE, parseFrame } from '../../ocpp/frame.ts';
import { acceptsPassword, passwordSet } from '../admission/password-change.ts';
import { readHeader } from '../intercept/message-header.ts';

/** The actions with which a CSMS sets a password. */
const SETTING = new Set(['SetVariables', 'ChangeConfiguration']);
/** Requests that are remembered until they are answered; an honest CSMS has one open. */
const OPEN_MAX = 8;
/** Characters of a password: no variable takes a longer value (2.1 part 2, SetVariableDataType). */
const PASSWORD_MAX = 2500;
/** Stations whose passwords are remembered. */
const STATIONS_MAX = 20_000;

/** Passwords that were set over OCPP, by the identity of the station. */
export interface ChangedPasswords {
  /** What stations have accepted: it is asked of them from then on (A01.FR.03). */
  readonly station: Map<string, string>;
  /** What the CSMS expects, by the answers that it got. */
  readonly csms: Map<string, string>;
}

/** Keeps a password that is another one from now on. */
export function keepPassword(passwords: Map<string, string>, station: string, password: string): void {
  passwords.delete(station);
  passwords.set(station, password);
  const [oldest] = passwords.keys();
  if (passwords.size > STATIONS_MAX && oldest !== undefined) passwords.delete(oldest);
}

/** Who is told of a password that counts from now on; nobody where it is left out. */
export interface PasswordListeners {
  /** The station has got it and accepted it. */
  readonly station?: ((password: string) => void) | undefined;
  /** The CSMS has set it, and got the answer that it is accepted. */
  readonly csms?: ((password: string) => void) | undefined;
}

/**
 * Follows a conversation for what the CSMS sets as the password of the station. Once the station has accepted it, it says
 * that one and no other (A01.FR.03), and a proxy that asks for the old one would turn away a station that is right. The
 * two sides are followed apart, each by what it sent and got itself: what passes between them may be changed, dropped or
 * put in.
 */
export class PasswordWatch {
  readonly #station: OpenSettings | undefined;
  readonly #csms: OpenSettings | undefined;

  constructor({ station, csms }: PasswordListeners) {
    this.#station = station && new OpenSettings(station);
    this.#csms = csms && new OpenSettings(csms);
  }

  /** A text frame came from the side that sends in this direction. */
  received(direction: Direction, data: Uint8Array): void {
    if (direction === 'to-csms') this.#station?.answered(data);
    else this.#csms?.asked(data);
  }

  /** A text frame went out in this direction. */
  sent(direction: Direction, data: Uint8Array): void {
    if (direction === 'to-csms') this.#csms?.answered(data);
    else this.#station?.asked(data);
  }
}

/** The passwords in requests that are not answered yet, as one side knows them. */
class OpenSettings {
  readonly #changed: (password: string) => void;
  readonly #open = new Map<string, { readonly action: string; readonly password: string }>();

  constructor(changed: (password: string) => void) {
    this.#changed = changed;
  }

  asked(data: Uint8Array): void {
    const header = readHeader(data);
    if (header?.type !== MESSAGE_TYPE.CALL || !SETTING.has(header.action ?? '')) return;
    const parsed = parseFrame(Buffer.from(data).toString());
    if (!parsed.ok || parsed.message.type !== 'CALL') return;
    const { messageId, action, payload } = parsed.message;
    const password = passwordSet(action, payload);
    // The id is that of another request now.
    this.#open.delete(messageId);
    if (password === undefined || password.length > PASSWORD_MAX) return;
    this.#open.set(messageId, { action, password });
    const [oldest] = this.#open.keys();
    if (this.#open.size > OPEN_MAX && oldest !== undefined) this.#open.delete(oldest);
  }

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
