import { type Metric, spread } from "./metric.ts";

/** Metrics of days and months: redundancy, epochs, what could not be read for how long. */
export const lifeCatalogue: readonly Metric[] = [
  {
    name: "blobs.readable",
    unit: "share",
    aggregations: ["ratio"],
    better: "higher",
    description:
      "Share of blobs and time for which honest nodes that are up could serve a certified blob. From stretches of unavailability; its interval knows as many tries as there are samples in time, however many blobs there are.",
  },
  {
    name: "blobs.margin",
    unit: "slivers",
    aggregations: ["min", "mean"],
    better: "higher",
    description:
      "Primary slivers served above what reconstructs a blob, of the worst blob; below zero it cannot be read. Over samples in time.",
  },
  {
    name: "blobs.invalid",
    unit: "count",
    aggregations: ["count"],
    better: "lower",
    description: "Blobs per replication that the chain was shown to be encoded wrongly.",
  },
  {
    name: "cheats.conflicts",
    unit: "count",
    aggregations: ["count"],
    better: "lower",
    description:
      "Mis-encoded blobs per replication of which two readers took different bytes for good.",
  },
  {
    name: "cheats.splits",
    unit: "count",
    aggregations: ["count"],
    better: "lower",
    description:
      "Mis-encoded blobs per replication that one reader took for good and another rejected.",
  },
  {
    name: "cheats.exposure",
    unit: "microseconds",
    aggregations: spread,
    better: "lower",
    description:
      "From the certificate of a mis-encoded blob until the chain calls it invalid. One that it never did counts with its age.",
  },
  {
    name: "unavailable.time",
    unit: "microseconds",
    aggregations: ["mean", "max"],
    better: "lower",
    description:
      "Time per replication for which some certified blob could not be read; `max` is the longest stretch.",
  },
  {
    name: "redundancy.time",
    unit: "microseconds",
    aggregations: spread,
    better: "lower",
    description:
      "From a loss of redundancy (a lost disk, a node gone for good, a write that some node missed) until all of it is back. One that never was counts with its age.",
  },
  {
    name: "recovery.overhead",
    unit: "times",
    aggregations: ["mean"],
    better: "lower",
    description:
      "Bytes that all nodes receive to recover what they lacked of a blob, for each byte of the blob.",
  },
  {
    name: "epoch.sync",
    unit: "microseconds",
    aggregations: spread,
    better: "lower",
    description:
      "From the start of an epoch until enough shards have attested that they are synced, and reads move to its committee. One that never was counts with its age.",
  },
  {
    name: "epoch.duration",
    unit: "microseconds",
    aggregations: spread,
    better: "neither",
    description: "From the start of an epoch to that of the next.",
  },
  {
    name: "shards.moved",
    unit: "count",
    aggregations: spread,
    better: "lower",
    description: "Shards with a new owner, for each epoch.",
  },
  {
    name: "transfer.duration",
    unit: "microseconds",
    aggregations: spread,
    better: "lower",
    description:
      "From when a node gains a shard until it holds it. One that goes on at the end counts with its age, one that the next change of committee made void not at all.",
  },
  {
    name: "transfer.bytes",
    unit: "bytes",
    aggregations: spread,
    better: "lower",
    description:
      "Bytes received for one shard, from its previous owner and for recovery. Over syncs that ended well.",
  },
  {
    name: "metadata.duration",
    unit: "microseconds",
    aggregations: spread,
    better: "lower",
    description:
      "From the start of an epoch until a new member has the metadata of all blobs; the slowest of each epoch.",
  },
  {
    name: "challenge.detected",
    unit: "share",
    aggregations: ["ratio"],
    better: "higher",
    description: "Challenges failed, of those of nodes that cheat.",
  },
  {
    name: "challenge.bytes",
    unit: "bytes",
    aggregations: ["mean"],
    better: "lower",
    description: "Bytes that a node sends for one challenge.",
  },
  {
    name: "challenge.wrongful",
    unit: "share",
    aggregations: ["ratio"],
    better: "lower",
    description: "Challenges failed, of those of nodes that do not cheat.",
  },
  {
    name: "node.load",
    unit: "times",
    aggregations: ["p50", "p90", "max"],
    better: "lower",
    description: "Bytes that a node sends for each byte that nodes send on average.",
  },
];
