import type { ReplicationRows, UnrecoveredRow } from "../sim/metrics/rows.ts";
import { formatCount, formatDuration } from "./format.ts";

/** Why honest nodes did not come by all that they should, in the replication in which it was worst. */
export interface UnrecoveredSummary extends UnrecoveredRow {
  /** How many replications it kept from being whole, of all. */
  readonly replications: number;
  readonly of: number;
  /** The same as a sentence. */
  readonly message: string;
}

/** One entry for each reason why all was not recovered in time, the gravest first. */
export function summarizeUnrecovered(
  replications: readonly ReplicationRows[],
): UnrecoveredSummary[] {
  const byReason = new Map<string, Found[]>();
  replications.forEach(({ convergence, end }) => {
    for (const row of convergence?.unrecovered ?? []) {
      const after = end - (convergence?.calmSince ?? 0);
      byReason.set(row.why, [...(byReason.get(row.why) ?? []), { row, after }]);
    }
  });
  const of = replications.length;
  return [...byReason.values()]
    .map((found): UnrecoveredSummary => {
      const worst = found.reduce((a, b) => (b.row.slivers > a.row.slivers ? b : a));
      const message = sentence(worst, found.length, of);
      return { ...worst.row, replications: found.length, of, message };
    })
    .sort((a, b) => b.slivers - a.slivers || (a.why < b.why ? -1 : 1));
}

interface Found {
  readonly row: UnrecoveredRow;
  /** From the end of the last fault. */
  readonly after: number;
}

function sentence({ row, after }: Found, replications: number, of: number): string {
  const { blobs, slivers, nodes, example } = row;
  const others = nodes - example.split(", ").length;
  const names = others > 0 ? `${example} and ${formatCount(others)} more` : example;
  const what = `${formatCount(slivers)} ${slivers === 1 ? "sliver" : "slivers"} of ${formatCount(blobs)} ${blobs === 1 ? "blob" : "blobs"}`;
  const who = `on ${formatCount(nodes)} ${nodes === 1 ? "node" : "nodes"} (${names})`;
  const times = of === 1 ? "" : ` In ${replications} of ${of} replications; these are the most.`;
  return `not recovered ${formatDuration(after)} after the last fault: ${what} ${who}, for ${reason(row)}${away(row)}.${times}`;
}

function reason({ why, axis, helpers, needed }: UnrecoveredRow): string {
  switch (why) {
    case "too-few-helpers": {
      const sliver = axis === "both" ? "a sliver" : `a ${axis} sliver`;
      return `want of helpers: ${formatCount(helpers)} shards can give symbols, and ${sliver} takes ${formatCount(needed)}`;
    }
    case "under-way":
      return "want of time: their recovery goes on";
    case "waits-for-turn":
      return "want of time: others come first";
    case "waits-for-permit":
      return "want of permits: other slivers of their nodes hold all there are";
    case "no-metadata":
      return "want of metadata, which nobody has given";
    case "shard-under-way":
      return "want of time: their shards are still on the way";
    case "no-source":
      return "want of a source: who had their shards hands nothing over";
    case "proof-under-way":
      return "being encoded wrongly, which the chain has yet to be shown";
    default:
      return "want of anybody who is at it: their nodes do not know, or recover nothing";
  }
}

function away({ shardsDown, shardsLying }: UnrecoveredRow): string {
  const parts = [
    shardsDown > 0 ? `${formatCount(shardsDown)} shards are on nodes that are down` : "",
    shardsLying > 0 ? `${formatCount(shardsLying)} on nodes that lie` : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : `; ${parts.join(", ")}`;
}
