import * as z from "zod";
import { changeDefaults, defaults } from "../defaults.ts";
import {
  countField,
  durationField,
  nameField,
  numberFromZero,
  shareField,
  spanField,
} from "./quantities.ts";

const known = defaults.committee;

// The committee of the first epoch is given; changes count from the second one on.
const epochField = countField(2).describe("The first epoch whose committee the change shows in.");
const nodeField = nameField("the name of a node");

/** What is decided about single nodes, epoch by epoch. */
export const changesField = z
  .array(
    z.discriminatedUnion("kind", [
      z.strictObject({
        kind: z.literal("leaves"),
        epoch: epochField,
        node: nodeField,
        how: z
          .enum(["serves", "offline", "refuses"])
          .prefault(changeDefaults.leaves.how.value)
          .describe(
            "Hands its shards over, is off the network from the change on, or is up and hands nothing over.",
          ),
      }),
      z.strictObject({
        kind: z.literal("joins"),
        epoch: epochField,
        node: nameField("a name that no other node has"),
        stake: shareField.describe("Of all stake before it joined."),
        place: z.string().prefault("").describe("A city or region of the latency table."),
      }),
      z.strictObject({
        kind: z.literal("stake"),
        epoch: epochField,
        node: nodeField,
        factor: numberFromZero.describe("The node's stake becomes so many times what it was."),
      }),
    ]),
  )
  .describe("Nodes that leave, join, or have more or less stake than before.");

/** How a node comes by the shards it gains. */
export const shardSyncField = z
  .strictObject({
    parallel: countField(1)
      .prefault(known.shardSync.parallel.value)
      .describe("Shards a node syncs at once."),
    batch: countField(1)
      .prefault(known.shardSync.batch.value)
      .describe("Slivers asked for at once, of each shard."),
    timeout: spanField.prefault(known.shardSync.timeout.value).describe("Of each such request."),
    backoff: z
      .strictObject({
        min: spanField.prefault(known.shardSync.backoff.min.value),
        max: spanField.prefault(known.shardSync.backoff.max.value),
      })
      .refine(({ min, max }) => min <= max, { path: ["max"], error: "no less than backoff.min" })
      .prefault({})
      .describe("Wait after a request that came to nothing; it doubles."),
    giveUp: spanField
      .prefault(known.shardSync.giveUp.value)
      .describe("After so long without progress the shard is recovered from the whole committee."),
    recoveryBlobs: countField(1)
      .prefault(known.shardSync.recoveryBlobs.value)
      .describe("Blobs recovered at once of what the previous owner did not give."),
    metadataParallel: countField(1)
      .prefault(known.shardSync.metadataParallel.value)
      .describe("Blobs whose metadata a new member fetches at once."),
  })
  .describe("How a node comes by the shards it gains at an epoch change.");

/** When members call the contract to end the vote and the epoch. */
export const epochCallsField = z
  .strictObject({
    jitter: durationField
      .prefault(known.epochCalls.jitter.value)
      .describe("Each calls later than it could by up to this, or a tenth of the epoch if less."),
  })
  .prefault({});
