/** Bytes on one line of the hex view. */
export const BYTES_A_LINE = 16;

/** The bytes that base64 stands for. */
export function bytesOf(base64: string): Uint8Array {
  const binary = atob(base64);
  const data = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) data[at] = binary.charCodeAt(at);
  return data;
}

/** One line of a hex view: offset, bytes in two groups of eight, and the printable ASCII among them. */
export interface HexLine {
  readonly offset: string;
  readonly hex: string;
  readonly ascii: string;
}

/** The line with a number, from 0. */
export function hexLine(data: Uint8Array, line: number): HexLine {
  const start = line * BYTES_A_LINE;
  let hex = '';
  let ascii = '';
  for (let at = start; at < start + BYTES_A_LINE; at++) {
    const byte = data[at];
    hex += `${at === start ? '' : (at - start) % 8 === 0 ? '  ' : ' '}${byte?.toString(16).padStart(2, '0') ?? '  '}`;
    if (byte !== undefined) ascii += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·';
  }
  return { offset: start.toString(16).padStart(8, '0'), hex, ascii };
}
