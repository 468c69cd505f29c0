/** Number of a blob within a run: preloaded ones come first, written ones follow. */
export type BlobNumber = number;

/** What a blob's metadata says, as it travels. Immutable. */
export interface Metadata {
  readonly blob: BlobNumber;
  readonly bytes: number;
  /** Not what the blob ID commits to: a liar's. */
  readonly forged?: true;
}

/**
 * Slivers one node holds of a blob: those at positions `first` to `first + count - 1` of the sliver
 * pairs placed on it. Immutable.
 */
export interface SliverSlice {
  readonly blobBytes: number;
  readonly node: number;
  readonly first: number;
  readonly count: number;
  /** Positions among them that the node should hold and does not. */
  readonly absent: readonly number[];
  /** How many of those present are not what the metadata commits to. */
  readonly wrong: number;
  /** The primary slivers present, in order of position; none where payloads are counted. */
  readonly data?: readonly Uint8Array[];
}

/** How many slivers came with the slice. */
export const present = (slice: SliverSlice): number => slice.count - slice.absent.length;
