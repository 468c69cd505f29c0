import * as z from "zod";
import { faultDefaults as known } from "../defaults.ts";
import type { NamedTables } from "../tables.ts";
import { adversaryFields } from "./adversaries.ts";
import { constantTimes, exponentialTimes } from "./distributions.ts";
import { nodesField, positiveShare, sideField } from "./node-selectors.ts";
import { durationField, nameField, numberAboveZero, shareField } from "./quantities.ts";

const missing = (...fields: string[]) => `exactly one of ${fields.join(" and ")}`;

/** What goes wrong, and when. Times: `at` from the start of the run. */
export function faultField(tables: NamedTables) {
  const plain = [...accidentFields(tables), ...adversaryFields(tables)] as const;
  const times = constantTimes(tables);
  const regime = z
    .strictObject({
      kind: z.literal("regime"),
      calm: times,
      war: times,
      begins: z.enum(["calm", "war"]).prefault(known.regime.begins.value),
      faults: z
        .array(z.discriminatedUnion("kind", plain))
        .min(1, { error: "one fault or more" })
        .describe("In force while there is war; their times are from its beginning."),
    })
    .describe("Calm and war in turn, each for a time drawn anew.");
  return z.discriminatedUnion("kind", [...plain, regime]);
}

/** What nobody need have meant. */
function accidentFields(tables: NamedTables) {
  const lasts = constantTimes(tables);
  const untilFailure = exponentialTimes(tables);
  const outage = {
    at: durationField,
    lasts: z
      .union([z.literal("for-good"), lasts])
      .describe("How long, or `for-good`: the nodes never come back."),
    disks: z
      .enum(["kept", "lost"])
      .optional()
      .describe("`lost`: the nodes come back empty, if at all."),
  };
  return [
    z
      .strictObject({
        kind: z.literal("crash-recover"),
        nodes: nodesField.prefault(known["crash-recover"].nodes.value),
        timeToFailure: untilFailure,
        timeToRepair: untilFailure,
        stationary: z.boolean().prefault(known["crash-recover"].stationary.value),
      })
      .describe(
        "Each node fails and comes back on its own, its disk intact, again and again. `stationary`: the run begins as if that had gone on for ever, some nodes down; else with all nodes up.",
      ),
    z
      .strictObject({ kind: z.literal("crash"), nodes: nodesField, at: durationField })
      .describe("Down for good."),
    z
      .strictObject({
        kind: z.literal("disk-loss"),
        nodes: nodesField.prefault(known["disk-loss"].nodes.value),
        at: durationField.optional(),
        timeToFailure: untilFailure.optional(),
      })
      .describe(
        "The node stays up, or comes back, with an empty disk: all at one time, or each on its own.",
      )
      .refine(({ at, timeToFailure }) => (at === undefined) !== (timeToFailure === undefined), {
        error: missing("at", "timeToFailure"),
      }),
    z
      .strictObject({
        kind: z.literal("slow"),
        nodes: nodesField,
        at: durationField,
        lasts,
        factor: numberAboveZero,
        what: z.enum(["service", "network"]).prefault(known.slow.what.value),
      })
      .describe(
        "Everything takes `factor` times as long: the node's service times, or its way over the net.",
      ),
    z.strictObject({
      kind: z.literal("region-outage"),
      region: nameField("a region"),
      ...outage,
      share: positiveShare
        .prefault(known["region-outage"].share.value)
        .describe("Of the region's nodes."),
    }),
    z.strictObject({
      kind: z.literal("provider-outage"),
      provider: nameField("a hosting provider"),
      ...outage,
      share: positiveShare.prefault(known["provider-outage"].share.value),
    }),
    z
      .strictObject({
        kind: z.literal("restart"),
        nodes: nodesField.prefault(known.restart.nodes.value),
        at: durationField,
        within: durationField,
        downtime: lasts,
        failShare: positiveShare
          .optional()
          .describe("Of the restarted nodes' shards: those that a bad release harms."),
        harm: z
          .enum(["crash", "lose-disk", "wrong-bytes"])
          .optional()
          .describe("What becomes of them: gone for good, back and empty, or back with a bug."),
      })
      .describe(
        "A release: each node restarts once, at a time evenly drawn from `at` to `at` + `within`.",
      )
      .refine((fault) => (fault.failShare === undefined) === (fault.harm === undefined), {
        error: "both of failShare and harm, or neither",
      }),
    z
      .strictObject({
        kind: z.literal("partition"),
        from: sideField,
        to: sideField.prefault(known.partition.to.value),
        at: durationField,
        lasts,
        oneWay: z.boolean().prefault(known.partition.oneWay.value),
      })
      .describe("No message gets through from one side to the other, nor back unless `oneWay`."),
    z
      .strictObject({
        kind: z.literal("keep-share"),
        nodes: nodesField,
        keeps: shareField.refine((share) => share < 1, { error: "a share below 100%" }),
        from: durationField.prefault(known["keep-share"].from.value),
      })
      .describe(
        "Nodes that confirm what they are sent and keep this share of the blobs, each another, from `from` to the end.",
      ),
    z
      .strictObject({
        kind: z.literal("link"),
        from: sideField,
        to: sideField.prefault(known.link.to.value),
        at: durationField,
        lasts,
        loss: shareField.optional(),
        delay: durationField.optional(),
        rate: numberAboveZero.optional(),
      })
      .describe(
        "Messages one way between two sides are lost more often, later by `delay`, or at `rate` times their usual rate.",
      )
      .refine(({ loss, delay, rate }) => loss !== undefined || delay !== undefined || rate, {
        error: "one or more of loss, delay and rate",
      }),
  ] as const;
}
