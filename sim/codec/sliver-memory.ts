/**
 * Memory for the slivers of one blob after another. New memory must be cleared page by page before it
 * can be used, which for large blobs costs a third of the time; kept memory need not be.
 */
export class SliverMemory {
  readonly #kept = new Map<string, Uint8Array>();
  readonly #isShared: boolean;

  /** @param options `shared`: other threads may read and write it too */
  constructor(options: { readonly shared?: boolean } = {}) {
    this.#isShared = options.shared ?? false;
  }

  /** Room for all slivers of an axis, which hold whatever they held before. */
  take(axis: "primary" | "secondary", bytes: number): Uint8Array {
    const kept = this.#kept.get(axis);
    if (kept !== undefined && kept.length === bytes) return kept;
    const room = this.#isShared
      ? new Uint8Array(new SharedArrayBuffer(bytes))
      : new Uint8Array(bytes);
    this.#kept.set(axis, room);
    return room;
  }
}
