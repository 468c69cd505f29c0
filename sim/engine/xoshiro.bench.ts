/**
 * xoshiro128** (Blackman and Vigna, 2018): luck for the models of benchmarks, cheap and the same on
 * both sides. The state is a typed array, so that no word of it is boxed.
 */
export class Xoshiro {
  readonly #state = new Int32Array([0x3c6ef372, 0x1b873593, 0x510e527f, 0x2545f491]);

  /** A uniform 32-bit number. */
  next(): number {
    const state = this.#state;
    const second = state[1]!;
    let scrambled = Math.imul(second, 5);
    scrambled = Math.imul((scrambled << 7) | (scrambled >>> 25), 9);
    const third = state[2]! ^ state[0]!;
    const fourth = state[3]! ^ second;
    state[1] = second ^ third;
    state[0] = state[0]! ^ fourth;
    state[2] = third ^ (second << 9);
    state[3] = (fourth << 11) | (fourth >>> 21);
    return scrambled >>> 0;
  }

  /** A uniform number of (0, 1). */
  uniform(): number {
    return (this.next() + 0.5) * 2 ** -32;
  }

  /** A uniform whole number of [0, limit). */
  below(limit: number): number {
    return Math.floor(this.next() * 2 ** -32 * limit);
  }
}
