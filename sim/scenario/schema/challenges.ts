import * as z from "zod";
import { challengeDefaults as known } from "../defaults.ts";
import { countField, durationField, shareField, spanField } from "./quantities.ts";

const lateField = ({ late }: (typeof known)["light" | "full"]) =>
  z
    .strictObject({
      share: shareField.prefault(late.share.value),
      delay: durationField.prefault(late.delay.value),
    })
    .prefault({})
    .describe("Honest nodes of this share of the shards hear so much later, and serve until then.");

/** How nodes are made to show that they store what they are paid for. */
export const challengesField = z.discriminatedUnion("policy", [
  z.strictObject({ policy: z.literal("none") }).describe("As deployed."),
  z
    .strictObject({
      policy: z.literal("light"),
      period: spanField.prefault(known.light.period.value),
      blobs: countField(1)
        .prefault(known.light.blobs.value)
        .describe("Drawn anew for each node; nobody gives anything of them meanwhile."),
      hush: durationField
        .prefault(known.light.hush.value)
        .describe(
          "Nobody gives anything of any blob for so long before the draw: who hears of it first could else ask those who have not.",
        ),
      deadline: spanField.prefault(known.light.deadline.value),
      late: lateField(known.light),
    })
    .describe("Every `period`, some blobs of each node."),
  z
    .strictObject({
      policy: z.literal("full"),
      period: spanField.prefault(known.full.period.value),
      grace: durationField
        .prefault(known.full.grace.value)
        .describe("For the rest, once nodes of 2f + 1 shards have their certificates."),
      deadline: spanField.prefault(known.full.deadline.value),
      late: lateField(known.full),
    })
    .describe("Every `period`, all blobs of all nodes; nobody gives anything meanwhile."),
]);
