import type { RandomStream } from "../engine/random-streams.ts";
import type { WorstSet } from "./fault.ts";
import type { FaultWorld } from "./fault-world.ts";
import { type Vantage, worstSet } from "./worst-set.ts";

type Watched = Pick<FaultWorld, "nodes" | "clients" | "latency" | "needed" | "patience">;

/** The members that hurt most within a share of the shards, by the latency table's means there and back. */
export function worstNodes(
  set: WorstSet,
  { nodes, ...rest }: Watched,
  random: RandomStream,
): number[] {
  const members = nodes.flatMap(({ shards }, node) => (shards > 0 ? [node] : []));
  const world = { ...rest, nodes: members.map((node) => nodes[node]!) };
  const shards = world.nodes.map((node) => node.shards);
  const total = shards.reduce((sum, count) => sum + count, 0);
  const isRecovery = set.hurting === "recovery";
  const worst = worstSet(
    {
      shards,
      limit: Math.floor(set.share * total + 1e-9),
      needed: isRecovery ? world.needed.recovery : world.needed.reads,
      sources:
        set.hurting === "reads"
          ? { count: world.needed.metadata, patience: world.patience.clients }
          : undefined,
      vantages: isRecovery ? recovering(world) : reading(set, world),
    },
    random,
  );
  return worst.map((member) => members[member]!);
}

/** Clients, one for all at one place. */
function reading({ region }: WorstSet, { nodes, clients, latency }: Watched): Vantage[] {
  const shares = new Map<string, number>();
  for (const client of clients) {
    if (region !== undefined && client.region !== region && client.place !== region) continue;
    shares.set(client.place, (shares.get(client.place) ?? 0) + client.share);
  }
  return [...shares].map(([place, weight]) => ({
    weight,
    latencies: nodes.map((node) => roundTrip(place, node.place, latency)),
  }));
}

/** Nodes that have lost all: what they hold themselves helps none of them. */
function recovering({ nodes, latency }: Watched): Vantage[] {
  return nodes.map((node, index) => ({
    weight: node.shards,
    latencies: nodes.map((helper, other) =>
      other === index ? Number.POSITIVE_INFINITY : roundTrip(node.place, helper.place, latency),
    ),
  }));
}

function roundTrip(from: string, to: string, latency: Watched["latency"]): number {
  const a = latency.indexOf(from)!;
  const b = latency.indexOf(to)!;
  return latency.meanMicroseconds(a, b) + latency.meanMicroseconds(b, a);
}
