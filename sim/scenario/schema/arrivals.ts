import * as z from "zod";
import type { NamedTables } from "../tables.ts";
import { duration } from "../units.ts";
import { readColumn } from "./columns.ts";
import { constantTimes, tablePathField } from "./distributions.ts";
import { countField, durationField, frequencyField, nameField, spanField } from "./quantities.ts";

/** The ways in which operations begin that reads and writes share. */
export function arrivalKinds(tables: NamedTables) {
  return [
    z.strictObject({ kind: z.literal("poisson"), rate: frequencyField }),
    z
      .strictObject({
        kind: z.literal("periodic"),
        every: spanField,
        jitter: durationField.prefault("0s"),
      })
      .refine(({ every, jitter }) => jitter <= every, {
        path: ["jitter"],
        error: "at most `every`",
      })
      .describe("The first after one period; each shifted later by up to `jitter`, evenly drawn."),
    z
      .strictObject({ kind: z.literal("bursts"), rate: frequencyField, size: countField(1) })
      .describe("Bursts come as a Poisson process, `size` operations at one instant."),
    z
      .strictObject({
        kind: z.literal("recorded"),
        table: tablePathField,
        column: nameField("the name of a column"),
        unit: nameField("a unit of time"),
      })
      .describe("At the times of a table, counted from the start of the run.")
      .transform(({ kind, ...source }, context) => {
        const times = readColumn(source, duration, tables, context);
        return times === undefined ? z.NEVER : { kind, times: times.sort((a, b) => a - b) };
      }),
    z
      .strictObject({
        kind: z.literal("closed"),
        clients: countField(1),
        think: constantTimes(tables),
      })
      .describe("Each of `clients` begins anew when its operation has ended and it has thought."),
  ] as const;
}
