/** Bytes of the digest this file computes: BLAKE2b-256, which is not BLAKE2b-512 cut short. */
const DIGEST_BYTES = 32;
const BLOCK_BYTES = 128;
const ROUNDS = 12;
const TWO_TO_32 = 2 ** 32;

// Words of 64 bits are kept as two of 32, the lower one first.
const INITIAL = new Uint32Array([
  0xf3bcc908, 0x6a09e667, 0x84caa73b, 0xbb67ae85, 0xfe94f82b, 0x3c6ef372, 0x5f1d36f1, 0xa54ff53a,
  0xade682d1, 0x510e527f, 0x2b3e6c1f, 0x9b05688c, 0xfb41bd6b, 0x1f83d9ab, 0x137e2179, 0x5be0cd19,
]);

/** Which two words of the message each of the eight mixings of a round takes. */
const SCHEDULE = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
  [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
  [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
  [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
  [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
] as const;
const WORD_OF_MIXING = new Uint8Array(
  Array.from({ length: ROUNDS }, (_, round) =>
    SCHEDULE[round % 10]!.map((word) => 2 * word),
  ).flat(),
);

// One call runs to its end before the next begins, so they share their working memory.
const state = new Uint32Array(16);
const work = new Uint32Array(32);
const block = new Uint8Array(BLOCK_BYTES);
const blockView = new DataView(block.buffer);
const message = new Uint32Array(BLOCK_BYTES / 4);

/** BLAKE2b with 32 bytes of output and no key, of the parts one after another (RFC 7693). */
export function blake2b256(...parts: readonly Uint8Array[]): Uint8Array {
  state.set(INITIAL);
  state[0]! ^= 0x0101_0000 ^ DIGEST_BYTES;
  let filled = 0;
  let hashed = 0;
  for (const part of parts) {
    for (let taken = 0; taken < part.length; ) {
      // A full block waits until more follows: the last one is marked as such.
      if (filled === BLOCK_BYTES) {
        hashed += BLOCK_BYTES;
        compress(hashed, false);
        filled = 0;
      }
      const bytes = Math.min(BLOCK_BYTES - filled, part.length - taken);
      for (let i = 0; i < bytes; i++) block[filled + i] = part[taken + i]!;
      filled += bytes;
      taken += bytes;
    }
  }
  block.fill(0, filled);
  compress(hashed + filled, true);
  return digest();
}

function digest(): Uint8Array {
  const bytes = new Uint8Array(DIGEST_BYTES);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < DIGEST_BYTES / 4; i++) view.setUint32(4 * i, state[i]!, true);
  return bytes;
}

function compress(hashedBytes: number, last: boolean): void {
  for (let i = 0; i < message.length; i++) message[i] = blockView.getUint32(4 * i, true);
  work.set(state, 0);
  work.set(INITIAL, 16);
  work[24]! ^= hashedBytes % TWO_TO_32;
  work[25]! ^= Math.floor(hashedBytes / TWO_TO_32);
  if (last) {
    work[28] = ~work[28]!;
    work[29] = ~work[29]!;
  }
  for (let mixing = 0; mixing < WORD_OF_MIXING.length; mixing += 16) {
    mix(0, 8, 16, 24, mixing);
    mix(2, 10, 18, 26, mixing + 2);
    mix(4, 12, 20, 28, mixing + 4);
    mix(6, 14, 22, 30, mixing + 6);
    mix(0, 10, 20, 30, mixing + 8);
    mix(2, 12, 22, 24, mixing + 10);
    mix(4, 14, 16, 26, mixing + 12);
    mix(6, 8, 18, 28, mixing + 14);
  }
  for (let i = 0; i < state.length; i++) state[i]! ^= work[i]! ^ work[i + 16]!;
}

/** The quarter round G of the RFC, on the words at a, b, c and d of the work vector. */
function mix(a: number, b: number, c: number, d: number, mixing: number): void {
  let aLow = work[a]!;
  let aHigh = work[a + 1]!;
  let bLow = work[b]!;
  let bHigh = work[b + 1]!;
  let cLow = work[c]!;
  let cHigh = work[c + 1]!;
  let dLow = work[d]!;
  let dHigh = work[d + 1]!;
  let low: number;
  let high: number;

  const x = WORD_OF_MIXING[mixing]!;
  low = aLow + bLow + message[x]!;
  aHigh = (aHigh + bHigh + message[x + 1]! + ((low / TWO_TO_32) | 0)) | 0;
  aLow = low | 0;
  // d = (d ^ a) rotated right by 32
  low = dHigh ^ aHigh;
  dHigh = dLow ^ aLow;
  dLow = low;
  low = cLow + (dLow >>> 0);
  cHigh = (cHigh + dHigh + ((low / TWO_TO_32) | 0)) | 0;
  cLow = low | 0;
  // b = (b ^ c) rotated right by 24
  low = bLow ^ cLow;
  high = bHigh ^ cHigh;
  bLow = (low >>> 24) | (high << 8);
  bHigh = (high >>> 24) | (low << 8);

  const y = WORD_OF_MIXING[mixing + 1]!;
  low = (aLow >>> 0) + (bLow >>> 0) + message[y]!;
  aHigh = (aHigh + bHigh + message[y + 1]! + ((low / TWO_TO_32) | 0)) | 0;
  aLow = low | 0;
  // d = (d ^ a) rotated right by 16
  low = dLow ^ aLow;
  high = dHigh ^ aHigh;
  dLow = (low >>> 16) | (high << 16);
  dHigh = (high >>> 16) | (low << 16);
  low = (cLow >>> 0) + (dLow >>> 0);
  cHigh = (cHigh + dHigh + ((low / TWO_TO_32) | 0)) | 0;
  cLow = low | 0;
  // b = (b ^ c) rotated right by 63
  low = bLow ^ cLow;
  high = bHigh ^ cHigh;

  work[a] = aLow;
  work[a + 1] = aHigh;
  work[b] = (high >>> 31) | (low << 1);
  work[b + 1] = (low >>> 31) | (high << 1);
  work[c] = cLow;
  work[c + 1] = cHigh;
  work[d] = dLow;
  work[d + 1] = dHigh;
}
