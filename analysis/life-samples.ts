import type { EpochRow, ReplicationRows } from "../sim/metrics/rows.ts";
import type { Sample, Sampler } from "./sample.ts";

const values = (list: readonly number[]): Sample => ({
  kind: "values",
  values: Float64Array.from(list),
});

/** Epochs that began in the measured time. The one that a run begins with was no change. */
const epochs =
  (
    value: (row: EpochRow, rows: ReplicationRows) => number,
    keep = (_: EpochRow) => true,
  ): Sampler =>
  (rows) =>
    values(
      rows.epochs
        .filter(({ startedAt }) => startedAt > 0 && isMeasured(startedAt, rows))
        .filter(keep)
        .map((row) => value(row, rows)),
    );

const isMeasured = (time: number, { warmUp, horizon }: ReplicationRows) =>
  time >= warmUp && time < horizon;

const transfersOf = (rows: ReplicationRows) =>
  rows.transfers.filter(({ startedAt }) => isMeasured(startedAt, rows));

const cheatsOf = (rows: ReplicationRows) =>
  rows.misEncoded.filter(({ certifiedAt }) => isMeasured(certifiedAt, rows));

/** Stretches of unavailability as far as they lie in the measured time; nothing if nobody looked. */
function unavailability(rows: ReplicationRows) {
  if (rows.healthTotals === undefined && rows.spans.length === 0) return undefined;
  const { warmUp, horizon } = rows;
  return rows.spans.flatMap(({ from, to, durationMicroseconds, blobSeconds }) => {
    const length = Math.min(to, horizon) - Math.max(from, warmUp);
    if (length <= 0) return [];
    return { length, blobTime: blobSeconds * 1e6 * (length / durationMicroseconds) };
  });
}

const ratio = (total: number, count: number): Sample => ({ kind: "hits", hits: { total, count } });

/** How the metrics of `life-catalogue.ts` are drawn from rows. */
export const lifeSamplers: Readonly<Record<string, Sampler>> = {
  // Blobs share their nodes' luck, so a sample in time is one try, and its blobs say how well it went.
  "blobs.readable": (rows) => {
    const { samples = 0, blobSamples = 0 } = rows.healthTotals ?? {};
    if (blobSamples === 0) return ratio(0, 0);
    const blobTime = (blobSamples / samples) * (rows.horizon - rows.warmUp);
    const unreadable =
      unavailability(rows)?.reduce((sum, { blobTime: lost }) => sum + lost, 0) ?? 0;
    return ratio(samples * Math.max(0, 1 - unreadable / blobTime), samples);
  },
  "blobs.margin": (rows) => {
    const { marginMin, marginSum = 0, marginSamples = 0 } = rows.healthTotals ?? {};
    // What could not be read between two samples lacked one sliver at least.
    const least = (unavailability(rows)?.length ?? 0) > 0 ? -1 : Infinity;
    return {
      kind: "weighted",
      values: marginMin === undefined ? [] : [Math.min(marginMin, least)],
      mean: { total: marginSum, count: marginSamples },
    };
  },
  "blobs.invalid": (rows) => ({
    kind: "count",
    count: rows.invalidBlobs.filter(({ at }) => isMeasured(at, rows)).length,
  }),
  "cheats.conflicts": (rows) => ({
    kind: "count",
    count: cheatsOf(rows).filter((row) => row.values > 1).length,
  }),
  "cheats.splits": (rows) => ({
    kind: "count",
    count: cheatsOf(rows).filter(({ accepted, rejected }) => accepted > 0 && rejected > 0).length,
  }),
  "cheats.exposure": (rows) => values(cheatsOf(rows).map((row) => row.exposureMicroseconds)),
  "unavailable.time": (rows) => {
    const lengths = unavailability(rows)?.map(({ length }) => length);
    if (lengths === undefined) return values([]);
    const total = lengths.reduce((sum, length) => sum + length, 0);
    return {
      kind: "weighted",
      values: [lengths.reduce((longest, length) => Math.max(longest, length), 0)],
      mean: { total, count: 1 },
    };
  },
  "redundancy.time": ({ redundancy }) => values(redundancy.map((row) => row.durationMicroseconds)),
  "recovery.overhead": ({ recoveries }) => {
    const ended = recoveries.filter(({ outcome }) => outcome === "ok");
    const bytesOf = new Map(ended.map(({ blob, bytes }) => [blob, bytes]));
    const total = ended.reduce((sum, { bytesReceived }) => sum + bytesReceived, 0);
    const count = [...bytesOf.values()].reduce((sum, bytes) => sum + bytes, 0);
    return { kind: "weighted", values: [], mean: { total, count } };
  },
  "epoch.sync": epochs((row, { end }) =>
    row.syncedAt === -1 ? end - row.startedAt : row.syncMicroseconds,
  ),
  "epoch.duration": epochs(
    ({ startedAt, endedAt }) => endedAt - startedAt,
    ({ endedAt }) => endedAt !== -1,
  ),
  "metadata.duration": epochs(
    ({ metadataMicroseconds }) => metadataMicroseconds,
    ({ metadataBlobs }) => metadataBlobs > 0,
  ),
  "shards.moved": epochs(({ movedShards }) => movedShards),
  "transfer.duration": (rows) =>
    values(
      transfersOf(rows)
        .filter(({ outcome }) => outcome !== "abandoned")
        .map((row) => row.durationMicroseconds),
    ),
  "transfer.bytes": (rows) =>
    values(
      transfersOf(rows)
        .filter(({ outcome }) => outcome !== "abandoned" && outcome !== "unfinished")
        .map(({ bytes, recoveryBytes }) => bytes + recoveryBytes),
    ),
  "challenge.detected": ({ challengeTotals: { detected, cheating } }) => ratio(detected, cheating),
  "challenge.bytes": ({ challengeTotals: { bytes, cheating, honest } }) => ({
    kind: "weighted",
    values: [],
    mean: { total: bytes, count: cheating + honest },
  }),
  "challenge.wrongful": ({ challengeTotals: { wrongful, honest } }) => ratio(wrongful, honest),
  "node.load": ({ nodes }) => {
    const members = nodes.filter(({ shardsMean }) => shardsMean > 0);
    const sent = members.map(({ sentBytes }) => sentBytes);
    const mean = sent.reduce((sum, bytes) => sum + bytes, 0) / sent.length;
    return values(mean > 0 ? sent.map((bytes) => bytes / mean) : []);
  },
};
