import type { Actor, ActorId } from "../engine/actor.ts";
import type { Part } from "../engine/engine.ts";
import type { SimTime } from "../engine/sim-time.ts";
import type { BlobNumber } from "../protocol/content.ts";
import { Catalogue } from "./catalogue.ts";
import type { ClientShare } from "./client-shares.ts";
import { ClosedDemand } from "./closed-demand.ts";
import type { Arrivals, Workload } from "./demand.ts";
import type { DemandMessage } from "./demand-message.ts";
import { FlashCrowd } from "./flash-crowd.ts";
import { FollowingReads } from "./following-reads.ts";
import { OpenDemand } from "./open-demand.ts";
import type { Operation } from "./operation.ts";
import { ReadOperation } from "./read-operation.ts";
import { WriteOperation } from "./write-operation.ts";

/** What a workload needs of the world it is added to. */
interface WorkloadHost {
  readonly engine: { addPart(name: string, part: Part): void };
  add(actor: Actor<DemandMessage>): ActorId;
}

/**
 * Adds one actor for each demand: `workload/reads/0` ..., `workload/surges/0` ..., `workload/writes/0` ....
 * None of them may be attached to the network: orders and answers are instant and free.
 */
export function addWorkload(
  world: WorkloadHost,
  workload: Workload,
  options: {
    /** At least one. */
    readonly clients: readonly ClientShare[];
    readonly preloadedBytes: readonly number[];
    /** No larger blob is written. */
    readonly blobBytesMax: number;
    /** Nothing begins from here on. */
    readonly horizon: SimTime;
    /** Who is told of the ends of blobs, and which are over; nobody and none unless given. */
    readonly ledger?: ActorId;
    readonly over?: () => ReadonlySet<BlobNumber>;
  },
): Catalogue {
  const { clients, blobBytesMax, horizon } = options;
  const catalogue = new Catalogue(options.preloadedBytes, options.over);
  world.engine.addPart("workload/catalogue", catalogue);

  const demand = (name: string, arrivals: Arrivals, operation: Operation) =>
    arrivals.kind === "closed"
      ? new ClosedDemand(name, arrivals, operation, clients, horizon)
      : new OpenDemand(name, arrivals, operation, horizon);

  const followers: ActorId[] = [];
  workload.reads.forEach((reads, index) => {
    const name = `workload/reads/${index}`;
    const operation = new ReadOperation(reads, clients, catalogue);
    if (reads.arrivals.kind === "on-write") {
      followers.push(world.add(new FollowingReads(name, reads.arrivals, operation, horizon)));
    } else {
      world.add(demand(name, reads.arrivals, operation));
    }
  });
  workload.surges.forEach((surge, index) => {
    const crowd = { reads: workload.reads, clients, catalogue, horizon };
    world.add(new FlashCrowd(`workload/surges/${index}`, surge, crowd));
  });
  workload.writes.forEach((writes, index) => {
    const { ledger } = options;
    const means = { clients, catalogue, blobBytesMax, followers, ledger };
    const operation = new WriteOperation(writes, means);
    world.add(demand(`workload/writes/${index}`, writes.arrivals, operation));
  });
  return catalogue;
}
