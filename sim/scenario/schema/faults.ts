import * as z from "zod";
import { faultDefaults as known } from "../defaults.ts";
import type { NamedTables } from "../tables.ts";
import { constantTimes, exponentialTimes } from "./distributions.ts";
import { countField, durationField, nameField, numberAboveZero, shareField } from "./quantities.ts";

const positiveShare = shareField.refine((share) => share > 0, { error: "a share above 0" });

const someNodes = [
  z
    .strictObject({ share: positiveShare, by: z.enum(["random", "worst"]).prefault("random") })
    .describe(
      "Nodes until they hold this share of the shards: drawn, or those with most shards first.",
    ),
  z.strictObject({ count: countField(1), by: z.enum(["random", "worst"]).prefault("random") }),
  z.strictObject({ region: nameField("a region") }),
  z.strictObject({ provider: nameField("a hosting provider") }),
  z.strictObject({ list: z.array(nameField("the name of a node")).min(1) }),
] as const;

const nodesField = z.union([z.literal("all"), ...someNodes]);

/** One end of a partition or link: nodes, all hosts at places, the clients, or all other hosts. */
const sideField = z.union([
  z.enum(["all", "clients", "rest"]),
  ...someNodes,
  z.strictObject({ places: z.array(nameField("a place")).min(1) }),
]);

const missing = (...fields: string[]) => `exactly one of ${fields.join(" and ")}`;

/** What goes wrong, and when. Times: `at` from the start of the run. */
export function faultField(tables: NamedTables) {
  const lasts = constantTimes(tables);
  const untilFailure = exponentialTimes(tables);
  return z.discriminatedUnion("kind", [
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
      at: durationField,
      lasts,
      share: positiveShare
        .prefault(known["region-outage"].share.value)
        .describe("Of the region's nodes."),
    }),
    z.strictObject({
      kind: z.literal("provider-outage"),
      provider: nameField("a hosting provider"),
      at: durationField,
      lasts,
      share: positiveShare.prefault(known["provider-outage"].share.value),
    }),
    z
      .strictObject({
        kind: z.literal("restart"),
        nodes: nodesField.prefault(known.restart.nodes.value),
        at: durationField,
        within: durationField,
        downtime: lasts,
      })
      .describe(
        "A release: each node restarts once, at a time evenly drawn from `at` to `at` + `within`.",
      ),
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
        kind: z.literal("liars"),
        nodes: nodesField,
        behaviour: z.enum(["wrong-bytes", "withhold", "sign-without-storing"]),
        from: durationField.prefault(known.liars.from.value),
      })
      .describe("Nodes that take part and lie, from `from` to the end."),
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
  ]);
}
