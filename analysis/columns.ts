import type { NodeRow, ReadRow, RecoveryRow, TimelineRow, WriteRow } from "../sim/metrics/rows.ts";
import type { PublishedComparison } from "./published.ts";
import type { SummaryGuarantee, SummaryMetric } from "./summary.ts";

/** One column of a table: its name, the unit of its values ("" for names and words), its meaning. */
export interface Column<Row> {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  /** `null` is an empty field: there is no such value. */
  value(row: Row): number | string | null;
}

type Described<Row> = readonly (readonly [
  name: keyof Row & string,
  unit: string,
  description: string,
])[];

export function columnsOf<Row extends object>(described: Described<Row>): Column<Row>[] {
  return described.map(([name, unit, description]) => ({
    name,
    unit,
    description,
    value: (row) => {
      const value = row[name];
      // Rows say -1 where there is no time or latency to tell.
      if (value === -1 || value === null || value === undefined) return null;
      return typeof value === "boolean" ? String(value) : (value as number | string);
    },
  }));
}

export const µs = "microseconds";

export const readColumns = columnsOf<ReadRow>([
  ["read", "", "serial number in its replication, over all clients"],
  ["blob", "", "the blob asked for"],
  ["client", "", "who asked"],
  ["place", "", "where the client is"],
  ["kind", "", "whole blob or a range of it"],
  ["bytes", "bytes", "unencoded bytes asked for"],
  ["startedAt", µs, "simulated time at which it began"],
  ["finishedAt", µs, "simulated time at which it ended, well or not"],
  ["latencyMicroseconds", µs, "from beginning to end"],
  ["outcome", "", "ok, or how it failed"],
  ["cause", "", "why it failed, where the client knows"],
  ["metadataMicroseconds", µs, "getting the blob's metadata"],
  ["sliversMicroseconds", µs, "getting enough slivers"],
  ["decodeMicroseconds", µs, "decoding and checking"],
  ["requests", "count", "requests sent"],
  ["failedRequests", "count", "requests refused, lost or answered wrongly"],
  ["sliversReceived", "count", "slivers received"],
  ["bytesReceived", "bytes", "bytes received"],
]);

export const writeColumns = columnsOf<WriteRow>([
  ["write", "", "serial number in its replication, over all clients"],
  ["blob", "", "the blob written"],
  ["client", "", "who wrote"],
  ["place", "", "where the client is"],
  ["bytes", "bytes", "unencoded size of the blob"],
  ["startedAt", µs, "simulated time at which it began"],
  ["finishedAt", µs, "simulated time at which it ended, well or not"],
  ["latencyMicroseconds", µs, "from beginning to end"],
  ["outcome", "", "ok, or how it failed"],
  ["cause", "", "why it failed, where the client knows"],
  ["encodeMicroseconds", µs, "cutting the blob into slivers and hashing them"],
  ["statusMicroseconds", µs, "asking nodes whether they hold the blob"],
  ["registerMicroseconds", µs, "registering with the ledger"],
  ["uploadMicroseconds", µs, "until enough shards had stored their slivers"],
  ["tailMicroseconds", µs, "waiting on for slower nodes"],
  ["confirmMicroseconds", µs, "collecting confirmations"],
  ["certifyMicroseconds", µs, "publishing the certificate"],
  ["requests", "count", "requests sent"],
  ["failedRequests", "count", "requests refused, lost or answered wrongly"],
  ["bytesSent", "bytes", "bytes sent"],
  ["weight", "shards", "shards whose nodes confirmed"],
  ["reuploads", "count", "rounds of sending again"],
]);

export const recoveryColumns = columnsOf<RecoveryRow>([
  ["node", "", "index in the committee of the node that lacked something"],
  ["blob", "", "the blob it lacked something of"],
  ["bytes", "bytes", "unencoded size of the blob"],
  ["pairs", "count", "sliver pairs in which something was missing"],
  ["queuedAt", µs, "simulated time at which the recovery was due"],
  ["startedAt", µs, "simulated time at which others left room for it"],
  ["finishedAt", µs, "simulated time at which the node held all; empty if it never did"],
  ["durationMicroseconds", µs, "from when it was due to its end, or to the end of the run"],
  ["outcome", "", "ok or unfinished"],
  ["metadataMicroseconds", µs, "getting the blob's metadata"],
  ["secondaryMicroseconds", µs, "recovering secondary slivers, side by side with primary ones"],
  ["primaryMicroseconds", µs, "recovering primary slivers"],
  ["requests", "count", "requests sent"],
  ["failedRequests", "count", "requests refused, lost or too late"],
  ["symbols", "count", "recovery symbols received; slivers in one dimension"],
  ["wrongSymbols", "count", "of those, in answers that did not verify"],
  ["bytesReceived", "bytes", "bytes received"],
  ["pauses", "count", "waits after all nodes had been asked in vain"],
]);

export const nodeColumns = columnsOf<NodeRow>([
  ["node", "", "index in the committee"],
  ["name", "", "the node's name"],
  ["shards", "shards", "shards it is assigned when the run begins"],
  ["shardsMean", "shards", "shards it held on average over the measured time"],
  ["place", "", "where it stands"],
  ["region", "", "the region of that place"],
  ["provider", "", "who hosts it"],
  ["downMicroseconds", µs, "measured time for which it was down"],
  ["availability", "share", "share of the measured time for which it was up"],
  ["outages", "count", "outages in the measured time"],
  ["longestOutageMicroseconds", µs, "the longest of them"],
  ["lostAt", µs, "simulated time at which it was lost for good; empty if it was not"],
  ["disksLost", "count", "times its disk was lost"],
  ["sentBytes", "bytes", "bytes sent in the whole run"],
  ["receivedBytes", "bytes", "bytes received in the whole run"],
  ["lostMessages", "count", "messages of it that were lost in the whole run"],
  ["recoveries", "count", "blobs of which it recovered what it lacked"],
  [
    "recoveryBytes",
    "bytes",
    "bytes received for that, and for recovery of which no blob is told alone",
  ],
]);

export const timelineColumns = columnsOf<TimelineRow>([
  ["from", µs, "simulated time at which the stretch begins"],
  ["to", µs, "simulated time at which it ends"],
  ["warmUp", "", "true if it begins before the measured time"],
  ["reads", "count", "reads that began in it"],
  ["readsOk", "count", "of those, reads that succeeded"],
  ["readLatencyP50Microseconds", µs, "their median latency"],
  ["readLatencyP99Microseconds", µs, "the 99th percentile of their latency"],
  ["writes", "count", "writes that began in it"],
  ["writesOk", "count", "of those, writes that succeeded"],
  ["writeLatencyP50Microseconds", µs, "their median latency"],
  ["writeLatencyP99Microseconds", µs, "the 99th percentile of their latency"],
  ["blobsCertified", "count", "blobs that reached their point of availability in it"],
  ["recoveries", "count", "recoveries that ended in it"],
  ["recoveryBytes", "bytes", "bytes received for them, and for recovering in shard syncs"],
  ["transferBytes", "bytes", "bytes received from previous owners in shard syncs that ended in it"],
  ["shardsUpMean", "share", "share of shards on nodes that were up, averaged over the stretch"],
  ["shardsUpMin", "share", "the lowest that share got to"],
]);

const numberColumns = [
  ["metric", "", "name in the catalogue of metrics"],
  ["aggregation", "", "how many values became one"],
  ["value", "see unit", "the estimate; empty without data"],
  ["low", "see unit", "lower end of the 95 % interval; empty if open"],
  ["high", "see unit", "upper end of the 95 % interval; empty if open"],
  ["unit", "", "s, bytes, share, count, slivers or times"],
  ["interval", "", "two-sided; one-sided if nothing, or everything, was hit; none"],
  ["count", "count", "operations behind the number"],
  ["replications", "count", "replications behind the number"],
] as const;

/** A row of summary.csv: a metric's number, or the verdict on a guarantee. */
export type NumberRow = SummaryMetric &
  Partial<Pick<SummaryGuarantee, "guarantee" | "operator" | "limit" | "verdict">>;

export const summaryColumns = columnsOf<NumberRow>([
  ...numberColumns,
  ["guarantee", "", "the guarantee judged; empty for a plain number"],
  ["operator", "", "its operator"],
  ["limit", "see unit", "its limit"],
  ["verdict", "", "met, broken or undecided"],
]);

export const publishedColumns = columnsOf<PublishedComparison>([
  ["metric", "", "metric, as guarantees name it"],
  ["aggregation", "", "how its values become one number"],
  ["published", "see unit", "what was measured"],
  ["model", "see unit", "what the model gives"],
  ["low", "see unit", "lower end of the model's interval; empty if there is none"],
  ["high", "see unit", "upper end"],
  ["unit", "", "s, bytes, share, count, slivers or times"],
  ["ratio", "", "model over published"],
  ["use", "", "fitted: parameters were chosen to meet it; predicted: they were not"],
  ["source", "", "where it was published"],
]);
