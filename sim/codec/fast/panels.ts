/** A part of all rows of a code, worked on at once: some whole symbols, or a piece of one. */
export interface Panel {
  /** Where it begins in each row. */
  readonly at: number;
  readonly bytes: number;
  /** Bytes of its symbols, or of the piece, which is like a smaller symbol. */
  readonly symbolBytes: number;
}

/** Symbols are only cut between blocks of this size, within which low and high bytes are apart. */
const BLOCK_BYTES = 64;

/** What panels of all rows may take of the kernels' memory. */
const PANELS_BYTES = 2 ** 26;

/** Cuts so many rows into panels. */
export function* panels(rowBytes: number, symbolBytes: number, rowCount: number): Generator<Panel> {
  const blocks = Math.max(1, Math.floor(PANELS_BYTES / rowCount / BLOCK_BYTES));
  const most = blocks * BLOCK_BYTES;
  const wholeSymbols = Math.floor(most / symbolBytes) * symbolBytes;
  for (let at = 0; at < rowBytes; ) {
    const bytes =
      wholeSymbols > 0
        ? Math.min(wholeSymbols, rowBytes - at)
        : Math.min(most, symbolBytes - (at % symbolBytes));
    yield { at, bytes, symbolBytes: wholeSymbols > 0 ? symbolBytes : bytes };
    at += bytes;
  }
}
