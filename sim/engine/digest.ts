const HIGH_WORD = 2 ** -32;

/**
 * A running 64-bit hash of numbers and strings: two runs are the same if and only if (but for a chance
 * of 2^-64) their digests are. It detects accidents; it withstands no attacker.
 */
export class Digest {
  // A typed array, because a 32-bit value in an ordinary field may be boxed at every write.
  readonly #lanes = new Int32Array([0x6a09e667, 0xbb67ae85]);
  readonly #double = new Float64Array(1);
  readonly #words = new Int32Array(this.#double.buffer);

  /** Takes in three 32-bit words. Each step is a bijection of the state, so no difference is lost. */
  words(first: number, second: number, third: number): void {
    const lanes = this.#lanes;
    let a = lanes[0]!;
    let b = lanes[1]!;
    a = Math.imul(a ^ first, 0x9e3779b1);
    b = Math.imul(b ^ second, 0x85ebca77);
    a ^= a >>> 15;
    b ^= b >>> 13;
    b = (b + a) | 0;
    a = Math.imul(a ^ third ^ (b << 7), 0xc2b2ae3d);
    a ^= a >>> 16;
    lanes[0] = (a + b) | 0;
    lanes[1] = b;
  }

  /** Takes in one executed event; the whole of it is 96 bits, for a time has 53 and a handler 11. */
  event(time: number, handler: number, argument: number): void {
    this.words(time | 0, argument | 0, (time * HIGH_WORD) | (handler << 21));
  }

  /** Takes in one number, by its bits: -0 and 0 differ. */
  number(value: number): void {
    this.#double[0] = value;
    this.words(this.#words[0]!, this.#words[1]!, 1);
  }

  /** Takes in a text, by its UTF-16 units and its length. */
  string(text: string): void {
    for (let index = 0; index < text.length; index += 2) {
      // Past the end is NaN, which is 0 as a word; the length tells it from a true zero.
      this.words(text.charCodeAt(index), text.charCodeAt(index + 1), 2);
    }
    this.words(text.length, 0, 3);
  }

  /** The hash so far, as 16 hexadecimal digits. */
  text(): string {
    const final = this.clone();
    for (let round = 0; round < 4; round++) final.words(round, 0, 4);
    return [...final.#lanes].map((lane) => (lane >>> 0).toString(16).padStart(8, "0")).join("");
  }

  clone(): Digest {
    const copy = new Digest();
    copy.copyFrom(this);
    return copy;
  }

  /** Becomes equal to `other`. */
  copyFrom(other: Digest): void {
    this.#lanes.set(other.#lanes);
  }
}
