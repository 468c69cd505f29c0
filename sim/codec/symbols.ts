/** Within a symbol, 32 field elements make a block: their low bytes first, then their high bytes. */
const BLOCK_BYTES = 64;

/**
 * The field elements of a row of whole symbols. Blocks begin anew with each symbol, and the last
 * block of one may be shorter.
 */
export function toElements(bytes: Uint8Array, symbolBytes: number): Uint16Array {
  const elements = new Uint16Array(bytes.length / 2);
  eachBlock(bytes.length, symbolBytes, (start, half) => {
    for (let i = 0; i < half; i++) {
      elements[start / 2 + i] = bytes[start + i]! | (bytes[start + half + i]! << 8);
    }
  });
  return elements;
}

/** The symbols of a row of field elements. */
export function fromElements(elements: Uint16Array, symbolBytes: number): Uint8Array {
  const bytes = new Uint8Array(2 * elements.length);
  eachBlock(bytes.length, symbolBytes, (start, half) => {
    for (let i = 0; i < half; i++) {
      const element = elements[start / 2 + i]!;
      bytes[start + i] = element;
      bytes[start + half + i] = element >> 8;
    }
  });
  return bytes;
}

function eachBlock(
  bytes: number,
  symbolBytes: number,
  visit: (start: number, halfBytes: number) => void,
): void {
  for (let symbol = 0; symbol < bytes; symbol += symbolBytes) {
    for (let start = symbol; start < symbol + symbolBytes; start += BLOCK_BYTES) {
      visit(start, Math.min(BLOCK_BYTES, symbol + symbolBytes - start) / 2);
    }
  }
}
