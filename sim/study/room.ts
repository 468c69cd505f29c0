/** Memory that is used again for one piece of work after another, and grows to the largest. */
export class Room {
  #bytes = new Uint8Array();

  /** So many bytes, which hold whatever they held before. */
  take(byteCount: number): Uint8Array {
    if (this.#bytes.length < byteCount) this.#bytes = new Uint8Array(byteCount);
    return this.#bytes.subarray(0, byteCount);
  }
}
