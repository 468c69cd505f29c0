import * as z from "zod";
import { faultDefaults as known } from "../defaults.ts";
import type { NamedTables } from "../tables.ts";
import { constantTimes } from "./distributions.ts";
import { nodesField, positiveShare } from "./node-selectors.ts";
import {
  countField,
  durationField,
  frequencyField,
  nameField,
  shareField,
  sizeField,
  spanField,
} from "./quantities.ts";

const lie = z.enum([
  "wrong-bytes",
  "withhold",
  "sign-without-storing",
  "delay",
  "refuse-handover",
  "attest-falsely",
]);

const blobChoice = z
  .union([z.strictObject({ oldest: countField(1) }), z.strictObject({ share: shareField })])
  .describe(
    "The blobs that are withheld: so many of the oldest, which Zipf makes the most popular, or a share of all.",
  );

const placeOfClients = nameField("a place of `workload.clients`");

/** Nodes and clients that mean harm. */
export function adversaryFields(tables: NamedTables) {
  const lasts = constantTimes(tables);
  return [
    z
      .strictObject({
        kind: z.literal("liars"),
        nodes: nodesField,
        behaviour: z
          .union([lie, z.array(lie).min(1, { error: "one behaviour or more" })])
          .describe("One or several at once; other faults may add theirs to the same nodes."),
        from: durationField.prefault(known.liars.from.value),
        lasts: lasts.optional(),
        blobs: blobChoice.optional(),
        clients: z
          .array(placeOfClients)
          .min(1, { error: "one place or more" })
          .optional()
          .describe("Whom they withhold from, by place; everybody else is served."),
        margin: spanField
          .optional()
          .describe("How long before its asker gives up a delayed answer leaves."),
      })
      .describe("Nodes that take part and lie, from `from` on, for good unless it `lasts`.")
      .superRefine((fault, context) => {
        const tells = (kind: z.infer<typeof lie>) => [fault.behaviour].flat().includes(kind);
        const mistake = (path: string, message: string) =>
          context.addIssue({ code: "custom", path: [path], message, input: fault });
        if (fault.blobs && !tells("withhold")) mistake("blobs", "only with withhold");
        if (fault.clients && !tells("withhold")) mistake("clients", "only with withhold");
        if (fault.margin !== undefined && !tells("delay")) mistake("margin", "only with delay");
        if (fault.margin === undefined && tells("delay")) {
          mistake("margin", "a duration, for behaviour delay");
        }
      }),
    z
      .strictObject({
        kind: z.literal("flap"),
        nodes: nodesField,
        at: durationField,
        lasts,
        up: lasts,
        down: lasts,
      })
      .describe("Nodes go down and come back in quick turn, each at its own times, disk intact."),
    z
      .strictObject({
        kind: z.literal("eclipse"),
        client: placeOfClients,
        liars: nodesField.describe("The nodes it reaches as ever; make them lie by other faults."),
        at: durationField,
        lasts,
        delay: spanField.optional().describe("Added to what goes either way; else all is lost."),
      })
      .describe("One client reaches no nodes but some: its links to all others are cut, or slow."),
    z
      .strictObject({
        kind: z.literal("adaptive"),
        budget: positiveShare.describe("Of all shards: struck at one time at the most."),
        watches: z
          .enum(["recovery", "margin"])
          .describe("Strikes nodes that recover, or the holders of the blob nearest to its loss."),
        does: z.enum(["crash", "wrong-bytes", "withhold"]),
        at: durationField.prefault(known.adaptive.at.value),
        lasts: lasts.optional(),
        every: spanField.prefault(known.adaptive.every.value).describe("Between looks."),
        reaction: durationField
          .prefault(known.adaptive.reaction.value)
          .describe("From a look to the strike that follows from it."),
      })
      .describe("An adversary that sees all and strikes where that hurts most, again and again."),
    z
      .strictObject({
        kind: z.literal("registration-spam"),
        at: durationField,
        lasts,
        rate: frequencyField,
      })
      .describe("A client registers blobs, at Poisson times, and never uploads them."),
    z
      .strictObject({
        kind: z.literal("small-blob-flood"),
        client: nameField("a place").describe("Where the attacker stands: a place or region."),
        at: durationField,
        lasts,
        rate: frequencyField,
        size: sizeField.prefault(known["small-blob-flood"].size.value),
      })
      .describe("A client writes small blobs at Poisson times, each with all its metadata."),
  ] as const;
}
