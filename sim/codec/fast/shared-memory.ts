const WORD_BYTES = 8;

let staging = new Uint8Array();

/**
 * Copies to memory that threads share, or from it. V8 does that a word at a time where both sides begin
 * at the same byte of a word, and a byte at a time, nine times slower, where they do not. So bytes take a
 * way round by private memory that is in step.
 */
export function copyShared(target: Uint8Array, source: Uint8Array): void {
  if ((target.byteOffset - source.byteOffset) % WORD_BYTES === 0) {
    target.set(source);
    return;
  }
  const inStepWith = isShared(target) ? target : source;
  if (staging.length < source.length + WORD_BYTES) {
    staging = new Uint8Array(source.length + WORD_BYTES);
  }
  const first = inStepWith.byteOffset % WORD_BYTES;
  const staged = staging.subarray(first, first + source.length);
  staged.set(source);
  target.set(staged);
}

/** Whether other threads see what is written there. */
export function isShared({ buffer }: Uint8Array): boolean {
  // Browsers have shared memory on some pages only.
  return typeof SharedArrayBuffer !== "undefined" && buffer instanceof SharedArrayBuffer;
}
