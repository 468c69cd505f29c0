import type { ActorId, Context } from "../engine/actor.ts";
import type { Side } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import type { FaultTools } from "./fault-tools.ts";

/** The hosts of two sides. Two sides of the `rest` are both everybody. */
export function hostsOfSides(
  sides: { readonly from: Side; readonly to: Side },
  tools: FaultTools,
  context: Context<FaultMessage>,
): { readonly from: readonly ActorId[]; readonly to: readonly ActorId[] } {
  const from = hostsOf(sides.from, tools, context, "from");
  const to = hostsOf(sides.to, tools, context, "to");
  return {
    from: from ?? hostsBut(to ?? [], tools),
    to: to ?? hostsBut(from ?? [], tools),
  };
}

/** Nothing for the `rest`, which depends on the other side. */
function hostsOf(
  side: Side,
  tools: FaultTools,
  context: Context<FaultMessage>,
  decision: string,
): ActorId[] | undefined {
  const { nodes, clients } = tools.world;
  if (side === "rest") return undefined;
  if (side === "all") return [...nodes, ...clients].map(({ actor }) => actor);
  if (side === "clients") return clients.map(({ actor }) => actor);
  if ("places" in side) {
    const isThere = ({ place, region }: { readonly place: string; readonly region: string }) =>
      side.places.includes(place) || side.places.includes(region);
    return [...nodes, ...clients].filter(isThere).map(({ actor }) => actor);
  }
  return tools.select(side, decision, context).map((node) => nodes[node]!.actor);
}

function hostsBut(others: readonly ActorId[], tools: FaultTools): ActorId[] {
  const { nodes, clients } = tools.world;
  const all = [...nodes, ...clients].map(({ actor }) => actor);
  return all.filter((actor) => !others.includes(actor));
}
