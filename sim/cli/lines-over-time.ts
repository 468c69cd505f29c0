import { formatCount, formatDuration } from "../../analysis/format.ts";
import type { Summary } from "../../analysis/summary.ts";

/**
 * What became of data over days and months, in a line each, as far as there is anything to tell: epochs,
 * redundancy, and what could not be read.
 */
export function linesOverTime(summary: Summary): string[] {
  return [epochs(summary), redundancy(summary), unavailability(summary)].flat();
}

const numberOf = ({ metrics }: Summary, name: string, aggregation: string) =>
  metrics.find((number) => number.metric === name && number.aggregation === aggregation);

/** A run's share of what all replications counted. */
const perRun = (count: number, replications: number) =>
  formatCount(Math.round((10 * count) / replications) / 10);

function epochs(summary: Summary): string[] {
  const moved = numberOf(summary, "shards.moved", "mean");
  const sync = numberOf(summary, "epoch.sync", "p95");
  const transfer = numberOf(summary, "transfer.duration", "p95");
  if (!moved || moved.value === null || !sync) return [];
  const shards = transfer?.value == null ? "" : `, 95 % of shards there within ${transfer.text}`;
  const count = perRun(moved.count, summary.replications);
  return [
    `Epochs: ${count} a run, ${moved.text} shards moved in each${shards}, 95 % synced within ${sync.text}.`,
  ];
}

function redundancy(summary: Summary): string[] {
  const time = numberOf(summary, "redundancy.time", "p95");
  if (!time || time.value === null) return [];
  const count = perRun(time.count, summary.replications);
  return [`Redundancy: lost ${count} times a run, 95 % back within ${time.text}.`];
}

function unavailability(summary: Summary): string[] {
  const time = numberOf(summary, "unavailable.time", "mean");
  const margin = numberOf(summary, "blobs.margin", "min");
  if (!time || time.value === null) return [];
  const [worst] = summary.unavailability;
  if (time.value === 0 || worst === undefined) {
    return [`Always readable, with ${margin?.text ?? "some"} slivers to spare at the worst.`];
  }
  const length = formatDuration((worst.toSeconds - worst.fromSeconds) * 1e6);
  const [first, ...others] = worst.inForce;
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  const cause = first === undefined ? "" : `, with ${first}${more} in force`;
  return [
    `Not all readable for ${time.text} a run; at the worst ${formatCount(worst.blobsMax)} blobs for ${length}${cause}.`,
  ];
}
