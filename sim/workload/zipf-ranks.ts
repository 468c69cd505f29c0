import type { RandomStream } from "../engine/random-streams.ts";

/** As many ranks have a sum each. From there on the law is smooth enough to be integrated. */
const TABLE = 2 ** 16;

/**
 * Zipf's law over ranks 0, 1, 2 ...: rank r has weight (r + 1)^-exponent. How many ranks there are may grow
 * from draw to draw: the sums below do not change by it. Memory does not grow with them beyond the table.
 *
 * Inversion of sums, not rejection: each draw uses the same amount of luck whatever the number of ranks
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
    const inTable = Math.min(count, TABLE);
    if (inTable > this.#summed) this.#extend(inTable);
    // Streams have 32 bits a draw, too coarse for the tail of a million ranks: the second fills in more.
    const uniform = random() + random() * 2 ** -32;
    const last = this.#sums[inTable - 1]!;
    const target = uniform * (last + (count > TABLE ? this.#behindTable(count) : 0));
    if (count > TABLE && target >= last)
      return Math.min(count - 1, this.#rankBehind(target - last));
    // The first rank whose sum passes the target.
    let low = 0;
    let high = inTable - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#sums[middle]! > target) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  // The weights of ranks TABLE .. count-1, each the integral over the unit around it: midpoints are exact to
  // s (s + 1) / 24 of TABLE^-2, some 1e-11 of a weight.
  #behindTable(count: number): number {
    const power = 1 - this.exponent;
    const octaves = Math.log((count + 0.5) / (TABLE + 0.5));
    if (power === 0) return octaves;
    return ((TABLE + 0.5) ** power * Math.expm1(power * octaves)) / power;
  }

  // The first rank behind the table at which the weights since then pass the target.
  #rankBehind(target: number): number {
    const power = 1 - this.exponent;
    const octaves =
      power === 0 ? target : Math.log1p((target * power) / (TABLE + 0.5) ** power) / power;
    return Math.max(TABLE, Math.floor((TABLE + 0.5) * Math.exp(octaves) + 0.5) - 1);
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
