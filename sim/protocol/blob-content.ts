/**
 * The bytes of a blob: an xorshift stream keyed by seed and blob number, the same in every run.
 * Not for statistics, only to tell blobs, slivers and lies apart.
 */
export function blobContent(seed: number, blob: number, bytes: number): Uint8Array {
  const words = new Uint32Array(Math.ceil(bytes / 4));
  let state = Math.imul(seed ^ Math.imul(blob + 1, 0x9e3779b1), 0x85ebca6b) | 1;
  for (let i = 0; i < words.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[i] = state;
  }
  return new Uint8Array(words.buffer, 0, bytes);
}
