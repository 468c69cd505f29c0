import * as z from "zod";
import type { NamedTables, TablePath } from "../tables.ts";
import { type Dimension, duration, size } from "../units.ts";
import { readColumn } from "./columns.ts";
import {
  durationField,
  nameField,
  numberAboveZero,
  type Quantity,
  sizeField,
  spanField,
} from "./quantities.ts";

export const tablePathField = z
  .string({ error: "the path of a CSV file" })
  .endsWith(".csv", { error: "the path of a CSV file" }) as unknown as z.ZodType<
  TablePath,
  TablePath
>;

/** The ways in which a quantity may vary. Weibull and Pareto: `shape` is a pure number. */
function distribution<Input extends string>(
  tables: NamedTables,
  dimension: Dimension,
  value: Quantity<Input>,
  positive: Quantity<Input>,
) {
  return z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("constant"), value }),
    z
      .strictObject({ kind: z.literal("uniform"), from: value, to: value })
      .refine(({ from, to }) => from <= to, { path: ["to"], error: "no less than `from`" }),
    z.strictObject({ kind: z.literal("exponential"), mean: positive }),
    z.strictObject({ kind: z.literal("log-normal"), median: positive, sigma: numberAboveZero }),
    z.strictObject({ kind: z.literal("weibull"), shape: numberAboveZero, scale: positive }),
    z.strictObject({ kind: z.literal("pareto"), shape: numberAboveZero, minimum: positive }),
    // One of the values, each as likely as the others: listed here, or a column of a table.
    z
      .strictObject({
        kind: z.literal("empirical"),
        values: z.array(value).min(1, { error: "one value or more" }).optional(),
        table: tablePathField.optional(),
        column: nameField("the name of a column").optional(),
        unit: nameField("a unit").optional(),
      })
      .transform((empirical, context) => {
        const { kind, values, table, column, unit } = empirical;
        if (values !== undefined && table === undefined) return { kind, values };
        if (values === undefined && table && column && unit) {
          const read = readColumn({ table, column, unit }, dimension, tables, context);
          return read === undefined ? z.NEVER : { kind, values: read };
        }
        const message = "either `values`, or all of `table`, `column` and `unit`";
        context.addIssue({ code: "custom", message });
        return z.NEVER;
      }),
  ]);
}

/**
 * A length of time that may vary, in microseconds. A bare duration stands for `bare`: where things
 * fail and are mended it is the mean of an exponential, elsewhere a constant.
 */
function times(tables: NamedTables, bare: "constant" | "exponential") {
  const kinds = distribution(tables, duration, durationField, spanField);
  if (bare === "constant") {
    return z.union([durationField.transform((value) => ({ kind: bare, value })), kinds]);
  }
  return z.union([spanField.transform((mean) => ({ kind: bare, mean })), kinds]);
}

export const constantTimes = (tables: NamedTables) => times(tables, "constant");
export const exponentialTimes = (tables: NamedTables) => times(tables, "exponential");

/** A number of bytes that may vary; a bare size is a constant. */
export const sizes = (tables: NamedTables) =>
  z.union([
    sizeField.transform((value) => ({ kind: "constant" as const, value })),
    distribution(tables, size, sizeField, sizeField),
  ]);
