import type { SweepPoint } from "./sweep-numbers.ts";

/** A setting varied in a sweep, as an axis. */
export interface SweepAxis {
  readonly path: string;
  /** In the order in which the sweep gave them. */
  readonly values: readonly (string | number)[];
  /** Whether all values are numbers, so that the distance between two means something. */
  readonly isNumeric: boolean;
  /** Whether they have an order, such as `25%` and `33%`, so that a line from one to the next means something. */
  readonly isOrdered: boolean;
}

/** What the points of a sweep differ in, in the order given. */
export function sweepAxes(points: readonly SweepPoint[]): SweepAxis[] {
  const paths = [...new Set(points.flatMap(({ values }) => Object.keys(values)))];
  return paths
    .map((path) => {
      const texts = points.flatMap(({ values }) => values[path] ?? []);
      const isNumeric = texts.every((text) => text !== "" && Number.isFinite(Number(text)));
      const isOrdered = texts.every((text) => /^[\d.-]/.test(String(text)));
      return { path, values: [...new Set(texts)], isNumeric, isOrdered };
    })
    .filter(({ values }) => values.length > 1);
}

/** The value of a setting as data: a number where all are. */
export function valueOn(axis: SweepAxis, values: SweepPoint["values"]): string | number {
  const value = values[axis.path] ?? "";
  return axis.isNumeric ? Number(value) : String(value);
}

/** All settings but the given ones, to tell lines or panels apart; "" if there are no others. */
export function otherSettings(
  axes: readonly SweepAxis[],
  used: readonly SweepAxis[],
  values: SweepPoint["values"],
): string {
  return axes
    .filter((axis) => !used.includes(axis))
    .map(({ path }) => `${path} = ${values[path] ?? ""}`)
    .join(", ");
}
