import type { Actor, ActorId } from "../engine/actor.ts";
import type { Part } from "../engine/engine.ts";
import type { SimTime } from "../engine/sim-time.ts";
import { Churn } from "./churn.ts";
import { CorrelatedOutage } from "./correlated-outage.ts";
import { DiskFailure } from "./disk-failure.ts";
import { DisturbedLink } from "./disturbed-link.ts";
import type { Fault, FaultClient, FaultNode } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import { FaultTools } from "./fault-tools.ts";
import { Keeping } from "./keeping.ts";
import { Lying } from "./lying.ts";
import type { NetworkControl } from "./network-control.ts";
import { Outages } from "./outages.ts";
import { Release } from "./release.ts";
import { Slowdown } from "./slowdown.ts";

/** What faults need of the world they are added to. */
interface FaultHost {
  readonly engine: { addPart(name: string, part: Part): void };
  add(actor: Actor<FaultMessage>): ActorId;
}

/**
 * Adds one injector for each fault: `fault/0` .... None of them may be attached to the network. Facts name nodes
 * by their position in `nodes`.
 */
export function addFaults(
  world: FaultHost,
  faults: readonly Fault[],
  options: {
    readonly nodes: readonly FaultNode[];
    readonly clients: readonly FaultClient[];
    readonly network: NetworkControl;
    /** What has bitten by then is counted then; faults themselves go on. */
    readonly horizon: SimTime;
  },
): void {
  const outages = new Outages(options.nodes.length);
  world.engine.addPart("faults/outages", outages);
  faults.forEach((fault, index) => {
    const tools = new FaultTools({ ...options, fault: index, kind: fault.kind, outages });
    world.add(injectorOf(fault, tools));
  });
}

function injectorOf(fault: Fault, tools: FaultTools): Actor<FaultMessage> {
  switch (fault.kind) {
    case "crash-recover":
      return new Churn(fault, tools);
    case "crash":
    case "region-outage":
    case "provider-outage":
      return new CorrelatedOutage(fault, tools);
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
  }
}
