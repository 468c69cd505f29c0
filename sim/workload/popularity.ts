import type { RandomStream } from "../engine/random-streams.ts";
import type { Popularity } from "./demand.ts";
import { ZipfRanks } from "./zipf-ranks.ts";

/** Draws the position, by age, of one of `count` blobs; `count` is at least 1. */
export type BlobChoice = (count: number, random: RandomStream) => number;

/** What is returned remembers nothing but sums, so that a fork may make it anew. */
export function blobChoice(popularity: Popularity): BlobChoice {
  switch (popularity.kind) {
    case "zipf": {
      const ranks = new ZipfRanks(popularity.exponent);
      return (count, random) => ranks.draw(count, random);
    }
    case "uniform":
      return (count, random) => Math.floor(random() * count);
    case "newest":
      return (count, random) => {
        const newest = Math.min(popularity.blobs, count);
        return count - 1 - Math.floor(random() * newest);
      };
  }
}

/** So many distinct positions of `count`, or all if there are fewer: Floyd's algorithm, one draw each. */
export function distinctPositions(wanted: number, count: number, random: RandomStream): number[] {
  const chosen = new Set<number>();
  for (let last = Math.max(0, count - wanted); last < count; last++) {
    const position = Math.floor(random() * (last + 1));
    chosen.add(chosen.has(position) ? last : position);
  }
  return [...chosen];
}
