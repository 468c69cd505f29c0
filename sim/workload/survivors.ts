/**
 * The whole numbers from 0 up to some count, which grows, without those that have been struck out: says which is at a
 * position among the rest. A Fenwick tree: all takes the logarithm of the count.
 */
export class Survivors {
  /** At i, how many of the numbers i - lowest bit of i up to i - 1 are left. */
  readonly #left: number[] = [0];
  /** 1 for each number that was struck out. */
  readonly #struck: (0 | 1)[] = [];
  #count = 0;

  /** How many are left. */
  get count(): number {
    return this.#count;
  }

  /** Adds the next number. */
  grow(): void {
    this.#struck.push(0);
    this.#count++;
    const index = this.#left.length;
    let left = 1;
    for (let below = index - 1; below > index - lowestBit(index); below -= lowestBit(below)) {
      left += this.#left[below] as number;
    }
    this.#left.push(left);
  }

  /** Strikes a number out; nothing happens if it was before. */
  strike(number: number): void {
    if (this.#struck[number] !== 0) return;
    this.#struck[number] = 1;
    this.#count--;
    for (let index = number + 1; index < this.#left.length; index += lowestBit(index)) {
      this.#left[index] = (this.#left[index] as number) - 1;
    }
  }

  /** The one at a position, below `count`, among those left. */
  at(position: number): number {
    let number = 0;
    let before = position;
    for (let step = 2 ** Math.floor(Math.log2(this.#left.length)); step >= 1; step /= 2) {
      const left = this.#left[number + step];
      if (left === undefined || left > before) continue;
      number += step;
      before -= left;
    }
    return number;
  }
}

const lowestBit = (index: number): number => index & -index;
