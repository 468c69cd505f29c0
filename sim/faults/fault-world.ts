import type { ActorId } from "../engine/actor.ts";
import type { Duration, SimTime } from "../engine/sim-time.ts";
import type { LatencyTable } from "../network/latency-table.ts";
import type { FaultClient, FaultNode } from "./fault.ts";
import type { NetworkControl } from "./network-control.ts";

/** The world as faults find it. */
export interface FaultWorld {
  readonly nodes: readonly FaultNode[];
  readonly clients: readonly FaultClient[];
  readonly network: NetworkControl;
  readonly latency: LatencyTable;
  /** What has bitten by then is counted then; faults themselves go on. */
  readonly horizon: SimTime;
  /** Shards a reader waits for, and a node that recovers a primary sliver; nodes that a reader asks for metadata first. */
  readonly needed: {
    readonly reads: number;
    readonly recovery: number;
    readonly metadata: number;
  };
  /** When those who ask give up: clients, and nodes that ask for metadata or for symbols. */
  readonly patience: Readonly<Record<"clients" | "metadata" | "symbols", Duration>>;
  readonly ledger: ActorId;
  /** The clients of `small-blob-flood`s, by place. */
  readonly attackers: ReadonlyMap<string, ActorId>;
  /** The number of a blob that is none of the honest clients'. */
  newBlob(): number;
  readonly view: FaultView;
}

/** What an adversary who sees all sees of the storage nodes, by position; it changes nothing. */
export interface FaultView {
  /** How many shards each node holds in the present epoch. */
  shards(): readonly number[];
  /** Blobs that the node knows it has not in full. */
  backlog(node: number): number;
  /** Primary slivers that each node would serve, of the certified blob of which fewest are served; none, no blob. */
  weakestBlob(): readonly number[];
}
