import { countIn, type Population } from "./population.ts";
import type { Rectangle } from "./rectangles.ts";

/** A rectangle that takes something away from a layer. */
export interface Shade extends Rectangle {
  readonly layer: number;
  readonly weight: number;
}

/** Blobs for which the same is lacking: how many, and how much of each layer. */
export type CellVisitor = (blobs: number, lacking: readonly number[]) => void;

/**
 * Cuts all blobs into the cells that the edges of rectangles make, and tells of each how much they take from
 * each layer there. Exact. The sums come from differences at the corners, so the cost is that of the cells,
 * whatever the number of rectangles that cover one.
 */
export function eachCell(
  population: Population,
  shades: readonly Shade[],
  layerCount: number,
  now: number,
  visit: CellVisitor,
): void {
  const times = edges(shades.flatMap(({ from, to }) => [from, to]));
  const ids = edges([0, 1, ...shades.flatMap(({ idFrom, idTo }) => [idFrom, idTo])]);
  const columns = times.length + 1; // One before the first edge and one behind the last.
  const width = columns + 1;
  const rows = ids.length; // The last edge begins nothing.
  const column = places(times, 1);
  const row = places(ids, 0);
  const layers = Array.from({ length: layerCount }, () => new Float64Array(width * (rows + 1)));
  for (const { from, to, idFrom, idTo, layer, weight } of shades) {
    const sums = layers[layer]!;
    const [left, right] = [column.get(from)!, column.get(to)!];
    const [bottom, top] = [row.get(idFrom)! * width, row.get(idTo)! * width];
    sums[bottom + left]! += weight;
    sums[bottom + right]! -= weight;
    sums[top + left]! -= weight;
    sums[top + right]! += weight;
  }
  const counts = [Number.NEGATIVE_INFINITY, ...times].map((from, index) =>
    countIn(population, from, times[index] ?? now),
  );
  const lacking = Array.from<number>({ length: layerCount }).fill(0);
  for (let y = 0; y < rows - 1; y++) {
    const height = ids[y + 1]! - ids[y]!;
    for (let x = 0; x < columns; x++) {
      const at = y * width + x;
      for (let layer = 0; layer < layerCount; layer++) {
        const sums = layers[layer]!;
        const left = x > 0 ? sums[at - 1]! : 0;
        const below = y > 0 ? sums[at - width]! : 0;
        const both = x > 0 && y > 0 ? sums[at - width - 1]! : 0;
        sums[at] = sums[at]! + left + below - both;
        lacking[layer] = sums[at]!;
      }
      const blobs = counts[x]! * height;
      if (blobs > 0) visit(blobs, lacking);
    }
  }
}

const edges = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);

const places = (sorted: readonly number[], first: number): Map<number, number> =>
  new Map(sorted.map((value, index) => [value, index + first]));
