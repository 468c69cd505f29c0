import type { ActorId, Context } from "../engine/actor.ts";
import type { FaultClient, FaultNode, Side } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import { selectTargets } from "./select-targets.ts";

interface Hosts {
  readonly nodes: readonly FaultNode[];
  readonly clients: readonly FaultClient[];
}

/** The hosts of two sides. Two sides of the `rest` are both everybody. */
export function hostsOfSides(
  sides: { readonly from: Side; readonly to: Side },
  hosts: Hosts,
  context: Context<FaultMessage>,
): { readonly from: readonly ActorId[]; readonly to: readonly ActorId[] } {
  const from = hostsOf(sides.from, hosts, context, "from");
  const to = hostsOf(sides.to, hosts, context, "to");
  return {
    from: from ?? hostsBut(to ?? [], hosts),
    to: to ?? hostsBut(from ?? [], hosts),
  };
}

/** Nothing for the `rest`, which depends on the other side. */
function hostsOf(
  side: Side,
  { nodes, clients }: Hosts,
  context: Context<FaultMessage>,
  decision: string,
): ActorId[] | undefined {
  if (side === "rest") return undefined;
  if (side === "all") return [...nodes, ...clients].map(({ actor }) => actor);
  if (side === "clients") return clients.map(({ actor }) => actor);
  if ("places" in side) {
    const isThere = ({ place, region }: { readonly place: string; readonly region: string }) =>
      side.places.includes(place) || side.places.includes(region);
    return [...nodes, ...clients].filter(isThere).map(({ actor }) => actor);
  }
  return selectTargets(side, nodes, context.random(decision)).map((node) => nodes[node]!.actor);
}

function hostsBut(others: readonly ActorId[], { nodes, clients }: Hosts): ActorId[] {
  const all = [...nodes, ...clients].map(({ actor }) => actor);
  return all.filter((actor) => !others.includes(actor));
}
