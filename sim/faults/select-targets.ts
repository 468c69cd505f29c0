import type { RandomStream } from "../engine/random-streams.ts";
import type { FaultNode, NodeSelector, WorstSet } from "./fault.ts";

/** What selectors ask that look beyond the nodes themselves. */
interface SelectionMeans {
  struckBy?(fault: number): number[];
  worst?(set: WorstSet, random: RandomStream): number[];
}

/**
 * Positions of the nodes a fault strikes, ascending. Only random choices draw. Who is chosen by number or share
 * holds shards: others cost no share, and are missed by nobody.
 */
export function selectTargets(
  selector: NodeSelector,
  nodes: readonly FaultNode[],
  random: RandomStream,
  means: SelectionMeans = {},
): number[] {
  const all = nodes.map((_, node) => node);
  if (selector === "all") return all;
  // First of all: it may name a region, of readers and not of nodes.
  if ("by" in selector && selector.by === "search") return means.worst?.(selector, random) ?? [];
  if ("region" in selector) return all.filter((node) => nodes[node]!.region === selector.region);
  if ("provider" in selector) {
    return all.filter((node) => nodes[node]!.provider === selector.provider);
  }
  if ("sameAs" in selector) return means.struckBy?.(selector.sameAs) ?? [];
  if ("list" in selector) return all.filter((node) => selector.list.includes(nodes[node]!.name));
  const shards = nodes.map((node) => node.shards);
  const members = all.filter((node) => shards[node]! > 0);
  const worst = selector.by === "worst";
  const order = worst
    ? members.sort((a, b) => shards[b]! - shards[a]! || a - b)
    : shuffled(members, random);
  const chosen =
    "count" in selector
      ? order.slice(0, selector.count)
      : nearestBelow(shards, order, selector.share, worst ? 1 : 0);
  return chosen.sort((a, b) => a - b);
}

/**
 * Nodes whose shards sum to as much as they can without exceeding the share: of all such sets one of the
 * least cost, at `cost` a node, and of those the one that takes each node it can in the given order.
 */
export function nearestBelow(
  shards: readonly number[],
  order: readonly number[],
  share: number,
  cost: number,
): number[] {
  const total = shards.reduce((sum, count) => sum + count, 0);
  const limit = Math.floor(share * total + 1e-9); // A share such as 0.29 of 100 is 29, though not in binary.
  const least = leastCosts(shards, order, limit, cost);
  let wanted = limit;
  while (least[0]![wanted] === Number.POSITIVE_INFINITY) wanted--;
  const chosen: number[] = [];
  order.forEach((node, i) => {
    const rest = wanted - shards[node]!;
    if (rest < 0 || cost + least[i + 1]![rest]! !== least[i]![wanted]!) return;
    chosen.push(node);
    wanted = rest;
  });
  return chosen;
}

/** At [i][w], the least cost of nodes from the i-th of the order on that sum to exactly w shards. */
function leastCosts(
  shards: readonly number[],
  order: readonly number[],
  limit: number,
  cost: number,
): Float64Array[] {
  let later = new Float64Array(limit + 1).fill(Number.POSITIVE_INFINITY);
  later[0] = 0;
  const rows = [later];
  for (const node of order.toReversed()) {
    const weight = shards[node]!;
    const row = later.slice();
    for (let sum = weight; sum <= limit; sum++) {
      row[sum] = Math.min(row[sum]!, cost + later[sum - weight]!);
    }
    rows.push(row);
    later = row;
  }
  return rows.reverse();
}

function shuffled(items: readonly number[], random: RandomStream): number[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}
