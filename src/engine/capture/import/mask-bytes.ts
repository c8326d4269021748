import { type MaskedText, type MaskOptions, maskFrame } from '../../../session/secrets/frame.ts';

/** Bytes of a frame without its secrets. */
export interface MaskedBytes extends Pick<MaskedText, 'secrets'> {
  readonly data: Uint8Array;
}

/**
 * Takes secrets out of a frame that is no text: a peer may send its messages as binary frames, or not in UTF-8. Each
 * byte is taken for a character, so all others stay as they were.
 */
export function maskBytes(data: Uint8Array, options: MaskOptions): MaskedBytes {
  const { text, secrets } = maskFrame(Buffer.from(data).toString('latin1'), options);
  return secrets.length === 0 ? { data, secrets } : { data: Buffer.from(text, 'latin1'), secrets };
}
