import type { RandomStream } from "../engine/random-streams.ts";

/**
 * Zipf's law over ranks 0, 1, 2 ...: rank r has weight (r + 1)^-exponent. How many ranks there are may grow
 * from draw to draw: the sums below do not change by it.
 *
 * Inversion of a table of sums, not rejection: each draw uses the same amount of luck whatever the number of ranks
 * and gives nearly the same rank, so that two runs whose catalogues grow at different times still meet the same demand.
 */
export class ZipfRanks {
  readonly exponent: number;
  /** At r, the sum of the weights of ranks 0 to r. */
  #sums = new Float64Array(0);
  #summed = 0;

  constructor(exponent: number) {
    this.exponent = exponent;
  }

  /** One of the ranks 0 .. count-1; `count` is at least 1. */
  draw(count: number, random: RandomStream): number {
    if (count > this.#summed) this.#extend(count);
    // Streams have 32 bits a draw, too coarse for the tail of a million ranks: the second fills in more.
    const uniform = random() + random() * 2 ** -32;
    const target = uniform * this.#sums[count - 1]!;
    // The first rank whose sum passes the target.
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#sums[middle]! > target) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #extend(count: number): void {
    if (count > this.#sums.length) {
      const larger = new Float64Array(Math.max(count, 2 * this.#sums.length));
      larger.set(this.#sums);
      this.#sums = larger;
    }
    let sum = this.#summed === 0 ? 0 : this.#sums[this.#summed - 1]!;
    for (let rank = this.#summed; rank < count; rank++) {
      sum += Math.exp(-this.exponent * Math.log(rank + 1));
      this.#sums[rank] = sum;
    }
    this.#summed = count;
  }
}
