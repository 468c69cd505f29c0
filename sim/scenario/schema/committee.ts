import * as z from "zod";
import { defaults } from "../defaults.ts";
import { readMembers } from "../member-table.ts";
import { assignByShare, countedMembers } from "../members.ts";
import type { NamedTables } from "../tables.ts";
import { addMistake } from "./columns.ts";
import { constantTimes, tablePathField } from "./distributions.ts";
import { changesField, epochCallsField, shardSyncField } from "./epochs.ts";
import {
  countField,
  durationField,
  numberFromZero,
  rateField,
  shareField,
  spanField,
} from "./quantities.ts";
import { sharesField } from "./shares.ts";

const known = defaults.committee;

const stakeField = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("equal") }),
  z
    .strictObject({
      kind: z.literal("zipf"),
      exponent: numberFromZero.prefault(known.stake.exponent.value),
    })
    .describe("Stake falls with the rank to this power: 0 is equal, 1 Zipf's own law."),
]);

const recoveryField = z
  .strictObject({
    enabled: z
      .boolean()
      .prefault(known.recovery.enabled.value)
      .describe("Without it a node never gets back what it misses or loses."),
    deferral: z
      .strictObject({
        small: durationField.prefault(known.recovery.deferral.small.value),
        medium: durationField.prefault(known.recovery.deferral.medium.value),
        large: durationField.prefault(known.recovery.deferral.large.value),
      })
      .prefault({})
      .describe(
        "Wait after a certificate, for the client's own upload: blobs up to 100 MiB, up to 4 GiB, and larger ones or those whose metadata is missing.",
      ),
    blobSyncs: countField(1)
      .prefault(known.recovery.blobSyncs.value)
      .describe("Blobs a node recovers at once as the chain tells of them."),
    blobTasks: countField(1)
      .prefault(known.recovery.blobTasks.value)
      .describe("Blobs it recovers at once while it goes over all there are."),
    sliverSyncs: countField(1)
      .prefault(known.recovery.sliverSyncs.value)
      .describe("Sliver pairs it recovers at once, over all blobs."),
    metadataTimeout: spanField.prefault(known.recovery.metadataTimeout.value),
    proofTimeout: spanField
      .prefault(known.recovery.proofTimeout.value)
      .describe("Of a request to attest that a blob was encoded wrongly."),
    symbolTimeout: spanField
      .prefault(known.recovery.symbolTimeout.value)
      .describe("Of a request for recovery symbols, or for slivers in one dimension."),
    backoff: z
      .strictObject({
        min: spanField.prefault(known.recovery.backoff.min.value),
        max: spanField.prefault(known.recovery.backoff.max.value),
        jitter: durationField.prefault(known.recovery.backoff.jitter.value),
      })
      .prefault({})
      .describe("Wait after all nodes have been asked and too little came; it doubles."),
    symbolRequests: countField(1)
      .prefault(known.recovery.symbolRequests.value)
      .describe("Requests for recovery symbols that a node works on at once; it refuses more."),
    noticeDiskLoss: z
      .boolean()
      .prefault(known.recovery.noticeDiskLoss.value)
      .describe(
        "A lost disk is replaced at once and the node goes over all blobs. Otherwise nobody knows, until it restarts or looks (scrubEvery).",
      ),
    scrubEvery: spanField
      .optional()
      .describe("How often a node looks whether its disk holds what it should. Left out, never."),
  })
  .describe("How a node comes by what it lacks of certified blobs.");

// How many, or a table with a row for each.
const nodesField = (tables: NamedTables) =>
  z.union([
    countField(1),
    tablePathField.transform((path, context) => {
      const result = readMembers(path, tables);
      if ("members" in result) return { path, members: result.members };
      for (const mistake of result.mistakes) addMistake(context, [], mistake);
      return z.NEVER;
    }),
  ]);

/**
 * The storage nodes. In the resolved scenario `nodes` is the list of members, whichever way the
 * input gave it; what a table says of a node wins over `places`, `providers` and `stake`.
 */
export function committeeField(tables: NamedTables) {
  const times = constantTimes(tables);
  return z
    .strictObject({
      nodes: nodesField(tables).prefault(known.nodes.value),
      shards: countField(4).prefault(known.shards.value),
      epoch: spanField
        .prefault(known.epoch.value)
        .describe("From when its shards are synced to the next change of committee."),
      epochAge: durationField
        .prefault(known.epochAge.value)
        .describe("How long epoch 1 has run when the world begins."),
      epochCalls: epochCallsField.prefault({}),
      stakeMoved: shareField
        .prefault(known.stakeMoved.value)
        .describe(
          "Share of all stake that changes hands from epoch to epoch, in pieces of a thousandth between random members. What a member loses and gains cancels, so large shares move fewer shards than they say.",
        ),
      activeSet: countField(1)
        .prefault(known.activeSet.value)
        .describe("Most nodes that may have stake that counts."),
      changes: changesField.prefault([]),
      shardSync: shardSyncField.prefault({}),
      garbageDelay: durationField
        .optional()
        .describe(
          "Each node deletes what has expired within so long from an epoch's beginning. Left out, half an epoch.",
        ),
      stake: stakeField.prefault({ kind: known.stake.kind.value }),
      places: sharesField("place")
        .prefault(known.places.value)
        .describe(
          "Share of the stake at each place: a city, an AWS region, or a region of the latency table.",
        ),
      providers: sharesField("hosting provider")
        .prefault({})
        .describe("Share of the stake with each hosting provider; none is known unless given."),
      uplink: rateField.prefault(known.uplink.value).describe("Of each node."),
      downlink: rateField.prefault(known.downlink.value),
      cores: countField(1).prefault(known.cores.value),
      serviceTime: times
        .prefault(known.serviceTime.value)
        .describe("Time that one sliver keeps a core."),
      queueLimit: durationField
        .prefault(known.queueLimit.value)
        .describe('A node whose next free core is further away answers "unavailable".'),
      responseTime: z
        .strictObject({
          status: times.prefault(known.responseTime.status.value),
          metadata: times.prefault(known.responseTime.metadata.value),
          store: times.prefault(known.responseTime.store.value),
          serve: times.prefault(known.responseTime.serve.value),
          confirm: times.prefault(known.responseTime.confirm.value),
          perMiB: durationField
            .prefault(known.responseTime.perMiB.value)
            .describe("More for every MiB of slivers that are stored or served."),
        })
        .prefault({})
        .describe("Time an answer takes besides, keeping no core: database, disk."),
      recovery: recoveryField.prefault({}),
    })
    .transform(({ nodes, stake, places, providers, ...rest }, context) => {
      const members = typeof nodes === "number" ? countedMembers(nodes, stake) : nodes.members;
      if (typeof nodes === "object" && members[0]?.shards != null) {
        const sum = members.reduce((total, { shards }) => total + (shards ?? 0), 0);
        if (sum !== rest.shards) {
          const expected = `a table whose shards sum to committee.shards, ${rest.shards}`;
          addMistake(context, ["nodes"], { expected, found: `${sum} in ${nodes.path}` });
        }
      }
      const placed = assignByShare(members, "place", places);
      return { ...rest, nodes: assignByShare(placed, "provider", providers) };
    });
}
