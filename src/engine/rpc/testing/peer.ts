import type { JsonValue } from '../../../ocpp/json.ts';
import { createValidator } from '../../../ocpp/schemas.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';
import type { Effect } from '../effects.ts';
import { createRpcPeer, type RpcPeer, type RpcRole } from '../rpc-peer.ts';

/** How long a call of a peer made here may take, in milliseconds. */
export const TIMEOUT = 1000;

const validator = createValidator();

/** A peer whose message ids are m1, m2 and so on. */
export function peerOf(version: OcppVersion, role: RpcRole): RpcPeer {
  let id = 0;
  return createRpcPeer({ version, role, validator, newMessageId: () => `m${++id}`, callTimeoutMs: TIMEOUT });
}

/** What a peer does about a text. */
export function received(peer: RpcPeer, text: string, now = 0): readonly Effect[] {
  return peer.receive({ kind: 'text', text }, now);
}

/** A valid CALL of every version. */
export function heartbeat(messageId: string): string {
  return JSON.stringify([2, messageId, 'Heartbeat', {}]);
}

/** The frames that effects put on the wire, parsed. */
export function sentFrames(effects: readonly Effect[]): readonly (readonly JsonValue[])[] {
  return effects.flatMap((effect) => (effect.kind === 'send' ? [JSON.parse(effect.text) as JsonValue[]] : []));
}
