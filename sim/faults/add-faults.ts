import type { Actor, ActorId } from "../engine/actor.ts";
import type { Part } from "../engine/engine.ts";
import type { Duration } from "../engine/sim-time.ts";
import { AdaptiveAdversary } from "./adaptive.ts";
import { Churn } from "./churn.ts";
import { CorrelatedOutage } from "./correlated-outage.ts";
import { DiskFailure } from "./disk-failure.ts";
import { DisturbedLink } from "./disturbed-link.ts";
import { EclipsedClient } from "./eclipse.ts";
import type { Fault, PlainFault } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import { FaultTools } from "./fault-tools.ts";
import type { FaultWorld } from "./fault-world.ts";
import { Flapping } from "./flap.ts";
import { HostileDemand } from "./hostile-demand.ts";
import { Keeping } from "./keeping.ts";
import { Lying } from "./lying.ts";
import { Outages } from "./outages.ts";
import { type RecoveryView, RecoveryWatch } from "./recovery-watch.ts";
import { ChangingRegime } from "./regime.ts";
import { Release } from "./release.ts";
import { Slowdown } from "./slowdown.ts";

/** What faults need of the world they are added to. */
interface FaultHost {
  readonly engine: { addPart(name: string, part: Part): void };
  add(actor: Actor<FaultMessage>): ActorId;
}

/** Who watches over recovery, and as which actor. */
export interface WatchedRecovery {
  readonly watch: RecoveryWatch;
  readonly actor: ActorId;
}

/** All faults in the order of their numbers: those within regimes after all others. */
export function listFaults<F extends { readonly kind: string }>(
  faults: readonly (F | { readonly kind: "regime"; readonly faults: readonly F[] })[],
): (F | { readonly kind: "regime"; readonly faults: readonly F[] })[] {
  return [...faults, ...faults.flatMap((fault) => ("faults" in fault ? fault.faults : []))];
}

/**
 * Adds one injector for each fault: `fault/0` .... None of them may be attached to the network. Facts name nodes
 * by their position in `nodes`. Returns what holds nodes down, for those that leave for good on their own; and who
 * watches over recovery, if all is to be recovered within a time.
 */
export function addFaults(
  host: FaultHost,
  faults: readonly Fault[],
  world: FaultWorld,
  recovers?: { readonly within: Duration; readonly view: RecoveryView },
): { readonly outages: Outages; readonly recovery: WatchedRecovery | undefined } {
  const outages = new Outages(world.nodes.length);
  host.engine.addPart("faults/outages", outages);
  let inner = faults.length;
  const added = faults.map((fault, index) => {
    const tools = new FaultTools({ fault: index, kind: fault.kind, world, outages });
    if (fault.kind !== "regime") return host.add(injectorOf(fault, tools));
    const injectors = fault.faults.map((each) => {
      const { kind } = each;
      const own = new FaultTools({ fault: inner++, kind, isInner: true, world, outages });
      return host.add(injectorOf(each, own));
    });
    return host.add(new ChangingRegime(fault, tools, injectors));
  });
  if (recovers === undefined) return { outages, recovery: undefined };
  const { horizon, nodes } = world;
  const names = nodes.map(({ name }) => name);
  const watch = new RecoveryWatch({ ...recovers, horizon, injectors: added, outages, names });
  return { outages, recovery: { watch, actor: host.add(watch) } };
}

function injectorOf(fault: PlainFault, tools: FaultTools): Actor<FaultMessage> {
  switch (fault.kind) {
    case "crash-recover":
      return new Churn(fault, tools);
    case "crash":
    case "region-outage":
    case "provider-outage":
      return new CorrelatedOutage(fault, tools);
    case "flap":
      return new Flapping(fault, tools);
    case "restart":
      return new Release(fault, tools);
    case "disk-loss":
      return new DiskFailure(fault, tools);
    case "slow":
      return new Slowdown(fault, tools);
    case "keep-share":
      return new Keeping(fault, tools);
    case "liars":
      return new Lying(fault, tools);
    case "partition":
    case "link":
      return new DisturbedLink(fault, tools);
    case "eclipse":
      return new EclipsedClient(fault, tools);
    case "adaptive":
      return new AdaptiveAdversary(fault, tools);
    case "registration-spam":
    case "small-blob-flood":
      return new HostileDemand(fault, tools);
  }
}
