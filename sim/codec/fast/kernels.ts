import { HASH_BYTES } from "../hash/merkle.ts";
import { KERNELS_BASE64 } from "../kernels.generated.ts";
import { TABLE_BYTES, writeFactorTable, writeOffsetTable } from "./factor-tables.ts";

/** What the compiled kernels export; addresses are bytes of their memory. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  freeFrom(): number;
  setFactorTables(at: number): void;
  setOffsetTables(at: number): void;
  encodeHigh(...parameters: EncodeParameters): void;
  encodeLow(...parameters: EncodeParameters): void;
  decode(
    received: number,
    receivedCount: number,
    missing: number,
    missingCount: number,
    points: number,
    weights: number,
    chunk: number,
    end: number,
    size: number,
    ...strips: StripParameters
  ): void;
  combine(
    rows: number,
    count: number,
    factors: number,
    sum: number,
    ...strips: StripParameters
  ): void;
  transpose(
    to: number,
    toStep: number,
    matrix: number,
    step: number,
    rows: number,
    columns: number,
    symbolBytes: number,
  ): void;
  hashLeaves(leaves: number, leafBytes: number, ...grid: DigestGrid): void;
  lookUpLeaves(
    leaves: number,
    perRow: number,
    rows: number,
    list: number,
    digests: number,
    digestStep: number,
  ): void;
  hashPairs(
    left: number,
    right: number,
    pairStep: number,
    perRow: number,
    rowStep: number,
    rows: number,
    digests: number,
    digestStep: number,
  ): void;
  hashTree(nodes: number, leafCount: number): void;
  clearNodes(first: number, rowStep: number, rows: number): void;
}

type EncodeParameters = [
  originals: number,
  originalCount: number,
  repairs: number,
  repairCount: number,
  chunk: number,
  ...strips: StripParameters,
];

/** So many digests a row, so many rows, and the bytes from one row of digests to the next. */
type DigestGrid = [perRow: number, rows: number, digests: number, digestStep: number];

type StripParameters = [rowBytes: number, symbolBytes: number, stripBytes: number, work: number];

const PAGE_BYTES = 65_536;
/** Kernels copy in steps of 16 bytes and may read or write so far behind what is meant. */
const SPARE_BYTES = 64;
/** Factors of transforms are even. There is room for all; pages not written to cost nothing. */
const FACTOR_TABLES_BYTES = (65_536 / 2) * TABLE_BYTES;
const OFFSET_TABLES_BYTES = 64;
/** Leaves of two bytes that there can be. */
const SHORT_LEAVES = 65_536;

/** The kernels and their memory, which holds nothing from one operation to the next but tables. */
export class Kernels {
  readonly run: KernelExports;
  readonly #factorTables: number;
  readonly #shortLeafHashes: number;
  /** Where memory begins that holds nothing from one operation to the next. */
  readonly #free: number;
  #pointsReady = 0;
  #shortLeavesReady = false;
  #bytes: Uint8Array;

  /** @param metered wraps what is run, to measure it */
  constructor(metered: (run: KernelExports) => KernelExports = (run) => run) {
    const code = Uint8Array.from(atob(KERNELS_BASE64), (character) => character.charCodeAt(0));
    const instance = new WebAssembly.Instance(new WebAssembly.Module(code), {
      env: {
        abort() {
          throw new Error("a codec kernel aborted");
        },
      },
    });
    this.run = metered(instance.exports as unknown as KernelExports);
    this.#bytes = new Uint8Array(this.run.memory.buffer);
    this.#factorTables = aligned(this.run.freeFrom());
    this.run.setFactorTables(this.#factorTables);
    this.#shortLeafHashes = this.#factorTables + FACTOR_TABLES_BYTES;
    this.#free = aligned(this.#shortLeafHashes + SHORT_LEAVES * HASH_BYTES + OFFSET_TABLES_BYTES);
    this.reserve();
    const offsets = this.#free - OFFSET_TABLES_BYTES;
    writeOffsetTable(this.view(offsets, OFFSET_TABLES_BYTES));
    this.run.setOffsetTables(offsets);
  }

  /** Makes the tables of all factors that transforms below a point use. */
  prepareTransforms(point: number): void {
    for (; this.#pointsReady < point; this.#pointsReady += 2) {
      const at = this.#factorTables + (this.#pointsReady / 2) * TABLE_BYTES;
      writeFactorTable(this.view(at, TABLE_BYTES), this.#pointsReady);
    }
  }

  /**
   * Hashes leaves that lie one after another to rows of digests. There are so few of two bytes, the
   * symbols of small blobs, that from many leaves on it pays to hash each of them once and for all.
   */
  hashLeaves(leaves: number, leafBytes: number, ...grid: DigestGrid): void {
    if (leafBytes === 2 && this.#shortLeavesReady) {
      const [perRow, rows, digests, digestStep] = grid;
      this.run.lookUpLeaves(leaves, perRow, rows, this.#shortLeafHashes, digests, digestStep);
    } else {
      this.run.hashLeaves(leaves, leafBytes, ...grid);
    }
  }

  /** Announces leaves to be hashed, before regions are reserved for them. */
  expectLeaves(leafBytes: number, count: number): void {
    if (leafBytes !== 2 || count < SHORT_LEAVES || this.#shortLeavesReady) return;
    const [leaves] = this.reserve(2 * SHORT_LEAVES);
    this.write(
      leaves,
      new Uint8Array(Uint16Array.from({ length: SHORT_LEAVES }, (_, i) => i).buffer),
    );
    this.run.hashLeaves(leaves, 2, SHORT_LEAVES, 1, this.#shortLeafHashes, 0);
    this.#shortLeavesReady = true;
  }

  /** Addresses of regions of these sizes, for one operation. What they hold is not cleared. */
  reserve<const Sizes extends readonly number[]>(
    ...sizes: Sizes
  ): { readonly [Index in keyof Sizes]: number } {
    let at = this.#free;
    const regions = sizes.map((size) => {
      const region = at;
      at = aligned(at + size + SPARE_BYTES);
      return region;
    });
    const missing = at - this.#bytes.length;
    if (missing > 0) {
      this.run.memory.grow(Math.ceil(missing / PAGE_BYTES));
      this.#bytes = new Uint8Array(this.run.memory.buffer);
    }
    return regions as { readonly [Index in keyof Sizes]: number };
  }

  write(at: number, bytes: Uint8Array): void {
    this.#bytes.set(bytes, at);
  }

  copy(to: number, from: number, byteCount: number): void {
    this.#bytes.copyWithin(to, from, from + byteCount);
  }

  /** A view, good until the next operation. */
  view(at: number, byteCount: number): Uint8Array {
    return this.#bytes.subarray(at, at + byteCount);
  }

  read(at: number, byteCount: number): Uint8Array {
    return this.#bytes.slice(at, at + byteCount);
  }
}

function aligned(at: number): number {
  return Math.ceil(at / 64) * 64;
}
