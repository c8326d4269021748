import type { Failure } from '../../../session/outcome.ts';

/** A packet of a capture. */
export interface CapturedPacket {
  /** Number in the file, from 1. */
  readonly number: number;
  /** Milliseconds since 1970 UTC, with a fraction. */
  readonly wall: number;
  /** What the bytes begin with: a number of the registry of link-layer header types. */
  readonly linkType: number;
  readonly data: Buffer;
}

/** A packet, or what ended the reading of the file. */
export type PacketItem =
  | { readonly kind: 'packet'; readonly packet: CapturedPacket }
  | { readonly kind: 'broken'; readonly place: string; readonly error: Failure };

/** More than any packet or block has; above it a length is damage. */
export const BLOCK_MAX = 64 * 1024 * 1024;

/** The end of what can be read of a file. */
export function broken(offset: number, what: string): PacketItem {
  const sentence = `${what} Nothing behind it can be read.`;
  return { kind: 'broken', place: `byte ${offset}`, error: { code: 'capture-broken', sentence } };
}
