/** What the rows of one transform may take of a near cache. */
const WORK_BYTES = 2 ** 20;
/** A butterfly has its tables to fetch, which narrower strips repeat too often. */
const STRIP_BYTES_MIN = 2048;
const STRIP_BYTES_MAX = 4096;

/** A row in the kernels is two planes, each with up to 15 bytes to fill it up and 16 to spare. */
const ROW_OVERHEAD_BYTES = 2 * (15 + 16);

/** How rows are cut into strips, and the memory that takes. */
export interface Strips {
  readonly stripBytes: number;
  readonly workBytes: number;
}

/** Strips for transforms over so many rows: narrow ones for many rows, so that all stay near. */
export function stripsFor(rowCount: number): Strips {
  const fitting = Math.floor(WORK_BYTES / rowCount / 64) * 64;
  const stripBytes = Math.min(STRIP_BYTES_MAX, Math.max(STRIP_BYTES_MIN, fitting));
  return { stripBytes, workBytes: rowCount * (stripBytes + ROW_OVERHEAD_BYTES) };
}
