import type { ReadRow, RecoveryRow, ReplicationRows, WriteRow } from "../sim/metrics/rows.ts";
import { lifeSamplers } from "./life-samples.ts";
import type { Sampler } from "./sample.ts";

const isOk = (row: { readonly outcome: string }) => row.outcome === "ok";

const reads = (value: (row: ReadRow) => number, keep: (row: ReadRow) => boolean): Sampler => {
  return (rows) => ({
    kind: "values",
    values: Float64Array.from(rows.reads.filter(keep), (row) => value(row)),
  });
};

const writes = (value: (row: WriteRow) => number): Sampler => {
  return (rows) => ({
    kind: "values",
    values: Float64Array.from(rows.writes.filter(isOk), (row) => value(row)),
  });
};

const recoveries = (
  value: (row: RecoveryRow) => number,
  keep: (row: RecoveryRow) => boolean,
): Sampler => {
  return (rows) => ({
    kind: "values",
    values: Float64Array.from(rows.recoveries.filter(keep), (row) => value(row)),
  });
};

/** Those that tell something of availability: nobody is promised a blob that is over. */
const judged = (rows: ReplicationRows, operations: "reads" | "writes") =>
  (rows[operations] as readonly { readonly outcome: string }[]).filter(
    ({ outcome }) => outcome !== "expired",
  );

const success = (operations: "reads" | "writes"): Sampler => {
  return (rows) => {
    const all = judged(rows, operations);
    return { kind: "hits", hits: { total: all.filter(isOk).length, count: all.length } };
  };
};

const count = (value: (rows: ReplicationRows) => number | undefined): Sampler => {
  return (rows) => ({ kind: "count", count: value(rows) });
};

// Without a single operation there is no data on failures, rather than no failure.
const failures = (operations: "reads" | "writes"): Sampler =>
  count((rows) => {
    const all = judged(rows, operations);
    return all.length === 0 ? undefined : all.filter((row) => !isOk(row)).length;
  });

const auditOf = ({ audit }: ReplicationRows, which: "lost" | "unavailable" | "incomplete") =>
  audit === undefined || audit.blobs === 0 ? undefined : audit[which];

/** How each metric of the catalogue is drawn from rows. */
export const samplers: Readonly<Record<string, Sampler>> = {
  "read.success": success("reads"),
  "read.latency": reads((row) => row.latencyMicroseconds, isOk),
  "read.count": count((rows) => rows.reads.length),
  "read.failures": failures("reads"),
  "read.requests": reads(
    (row) => row.requests,
    () => true,
  ),
  "read.amplification": reads(
    (row) => row.bytesReceived / row.bytes,
    (row) => isOk(row) && row.bytes > 0,
  ),
  "write.success": success("writes"),
  "write.latency": writes((row) => row.latencyMicroseconds),
  "write.encode": writes((row) => row.encodeMicroseconds),
  "write.status": writes((row) => row.statusMicroseconds),
  "write.register": writes((row) => row.registerMicroseconds),
  "write.upload": writes((row) => row.uploadMicroseconds),
  "write.tail": writes((row) => row.tailMicroseconds),
  "write.confirm": writes((row) => row.confirmMicroseconds),
  "write.certify": writes((row) => row.certifyMicroseconds),
  "write.count": count((rows) => rows.writes.length),
  "write.failures": failures("writes"),
  "recovery.count": count((rows) => rows.recoveries.filter(isOk).length),
  "recovery.duration": recoveries(
    (row) => row.durationMicroseconds,
    () => true,
  ),
  "recovery.bytes": recoveries((row) => row.bytesReceived, isOk),
  "recovery.convergence": ({ convergence }) => ({
    kind: "values",
    values: Float64Array.from(convergence === undefined ? [] : [convergence.tookMicroseconds]),
  }),
  "blobs.incomplete": count((rows) => auditOf(rows, "incomplete")),
  "blobs.lost": count((rows) => auditOf(rows, "lost")),
  "blobs.unavailable": (rows) => {
    const { healthTotals: totals, spans, warmUp } = rows;
    const seen = spans.filter(({ to }) => to > warmUp).map(({ blobsMax }) => blobsMax);
    const highest = totals && seen.reduce((a, b) => Math.max(a, b), totals.unavailableMax);
    return {
      kind: "count",
      count: auditOf(rows, "unavailable"),
      ...(highest === undefined ? {} : { highest }),
    };
  },
  "node.availability": (rows) => {
    const members = rows.nodes.filter((node) => node.shardsMean > 0);
    const total = members.reduce((sum, node) => sum + node.availability * node.shardsMean, 0);
    const shards = members.reduce((sum, node) => sum + node.shardsMean, 0);
    return {
      kind: "weighted",
      values: members.map((node) => node.availability),
      mean: { total, count: shards },
    };
  },
  "faults.bites": count(({ faults }) =>
    faults.length === 0 ? undefined : faults.reduce((sum, fault) => sum + fault.bites, 0),
  ),
  ...lifeSamplers,
};
