import { type NamedFigure, titleOf } from "./figure.ts";
import { sweepAxes } from "./sweep-axis.ts";
import { sweepHeatMap } from "./sweep-heat-map.ts";
import { sweepLines } from "./sweep-lines.ts";
import { type SweepPoint, sweptNumbers } from "./sweep-numbers.ts";

/**
 * The figures of a sweep: lines along the first setting for every number that tells something,
 * and, where exactly two settings vary, a heat map of it.
 */
export function sweepFigures(points: readonly SweepPoint[]): NamedFigure[] {
  const axes = sweepAxes(points);
  const [first, second] = axes;
  if (first === undefined) return [];
  return sweptNumbers(points).flatMap((number) => {
    const lines = sweepLines(number, axes, first);
    const figures = [{ name: `sweep-${number.slug}`, title: titleOf(lines), spec: lines }];
    if (second !== undefined && axes.length === 2) {
      const map = sweepHeatMap(number, first, second);
      figures.push({ name: `map-${number.slug}`, title: titleOf(map), spec: map });
    }
    return figures;
  });
}
