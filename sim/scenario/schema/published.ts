import * as z from "zod";
import { parsePublished } from "../../metrics/published.ts";
import { addMistake } from "./columns.ts";
import { nameField } from "./quantities.ts";

/** A measured number to hold the model against. */
export const publishedField = z.strictObject({
  number: z
    .string({ error: 'a published number such as "read.latency: p50 = 2.4s"' })
    .superRefine((text, context) => {
      const result = parsePublished(text);
      if (result.ok) return;
      for (const { expected, found, nearest } of result.mistakes) {
        const names = nearest === undefined ? {} : { names: [nearest] };
        addMistake(context, [], { expected, found: JSON.stringify(found), ...names });
      }
    })
    .describe("A metric, an aggregation and what was measured."),
  source: nameField("where it was published"),
  fitted: z
    .boolean()
    .prefault(false)
    .describe(
      "Parameters of the scenario were chosen to meet it; otherwise the model predicts it.",
    ),
});
