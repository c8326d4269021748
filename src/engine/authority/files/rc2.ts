const BLOCK = 8;
/** RFC 2268, 2: the bytes 0 to 255 in an order from the digits of pi. */
const PI_TABLE = Buffer.from(
  'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0b' +
    'f09521225c6b4e8254d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb6266fbf0eda4669075727f21d9bbc944303' +
    'f811c7f690ef3ee706c3d52fc8661ed708e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ecc2e0416e0f51cbcc' +
    '2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a90d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c77' +
    '0aa62068fe7fc1ad',
  'hex',
);
const ROTATIONS = [1, 2, 3, 5] as const;

/**
 * Decrypts RC2 in CBC mode (RFC 2268), which Node has no more: old PKCS#12 files protect their certificates with it, which
 * are no secret. The key has as many effective bits as it is long. Undefined where the padding is wrong.
 */
export function decryptRc2(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Buffer | undefined {
  if (data.length === 0 || data.length % BLOCK !== 0) return undefined;
  const expanded = expand(key);
  const plain = Buffer.alloc(data.length);
  let before = iv;
  for (let start = 0; start < data.length; start += BLOCK) {
    const block = data.subarray(start, start + BLOCK);
    const opened = decryptBlock(block, expanded);
    for (let at = 0; at < BLOCK; at++) plain[start + at] = (opened[at] ?? 0) ^ (before[at] ?? 0);
    before = block;
  }
  const padding = plain.at(-1) ?? 0;
  const isPadded = padding >= 1 && padding <= BLOCK && plain.subarray(-padding).every((byte) => byte === padding);
  return isPadded ? plain.subarray(0, -padding) : undefined;
}

/** RFC 2268, 2: 64 words of 16 bits. */
function expand(key: Uint8Array): Uint16Array {
  const bytes = new Uint8Array(128);
  bytes.set(key);
  const { length } = key;
  const pi = (index: number): number => PI_TABLE[index & 0xff] ?? 0;
  const at = (index: number): number => bytes[index] ?? 0;
  for (let i = length; i < 128; i++) bytes[i] = pi(at(i - 1) + at(i - length));
  bytes[128 - length] = pi(at(128 - length));
  for (let i = 127 - length; i >= 0; i--) bytes[i] = pi(at(i + 1) ^ at(i + length));
  return Uint16Array.from({ length: 64 }, (_, i) => at(2 * i) | (at(2 * i + 1) << 8));
}

/** RFC 2268, 4. */
function decryptBlock(block: Uint8Array, key: Uint16Array): Uint8Array {
  const words = Uint16Array.from({ length: 4 }, (_, i) => (block[2 * i] ?? 0) | ((block[2 * i + 1] ?? 0) << 8));
  const word = (index: number): number => words[(index + 4) & 3] ?? 0;
  let next = 63;
  const mix = (rounds: number): void => {
    for (let round = 0; round < rounds; round++) {
      for (let i = 3; i >= 0; i--) {
        const turns = ROTATIONS[i] ?? 0;
        const turned = (word(i) >>> turns) | (word(i) << (16 - turns));
        words[i] = turned - (key[next] ?? 0) - (word(i - 1) & word(i - 2)) - (~word(i - 1) & word(i - 3));
        next--;
      }
    }
  };
  const mash = (): void => {
    for (let i = 3; i >= 0; i--) words[i] = word(i) - (key[word(i - 1) & 63] ?? 0);
  };
  mix(5);
  mash();
  mix(6);
  mash();
  mix(5);
  return Uint8Array.from({ length: BLOCK }, (_, i) => word(i >> 1) >>> (8 * (i & 1)));
}
