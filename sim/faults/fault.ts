import type { ActorId } from "../engine/actor.ts";
import type { Distribution } from "../engine/distribution.ts";
import type { Duration, SimTime } from "../engine/sim-time.ts";
import type { PlainLie } from "../protocol/lies.ts";

/** A storage node as faults know it. */
export interface FaultNode {
  readonly actor: ActorId;
  readonly name: string;
  /** How many it holds. */
  readonly shards: number;
  readonly place: string;
  readonly region: string;
  readonly provider: string;
}

/** A client as faults know it. */
export interface FaultClient {
  readonly actor: ActorId;
  readonly place: string;
  readonly region: string;
}

type Order = "random" | "worst";

/** Which nodes are struck. */
export type NodeSelector =
  | "all"
  /** As near below this share of all shards as whole nodes allow: any, or as few as possible. */
  | { readonly share: number; readonly by: Order }
  /** So many: any, or those with most shards. */
  | { readonly count: number; readonly by: Order }
  | { readonly region: string }
  | { readonly provider: string }
  /** By name. */
  | { readonly list: readonly string[] };

/** One side of a partition or of a link: nodes, or hosts of both kinds. */
export type Side =
  | NodeSelector
  | "clients"
  /** All hosts that are not of the other side. */
  | "rest"
  /** All hosts there: names of places or of regions. */
  | { readonly places: readonly string[] };

export interface CrashRecover {
  readonly kind: "crash-recover";
  readonly nodes: NodeSelector;
  readonly timeToFailure: Distribution;
  readonly timeToRepair: Distribution;
  /** Begins as if it had gone on for ever: some nodes are down. Else all nodes begin up. */
  readonly stationary: boolean;
}

export type Outage =
  /** For good. */
  | { readonly kind: "crash"; readonly nodes: NodeSelector; readonly at: SimTime }
  /** `share` of the region's shards. */
  | (OutageOfPart & { readonly kind: "region-outage"; readonly region: string })
  | (OutageOfPart & { readonly kind: "provider-outage"; readonly provider: string });

interface OutageOfPart {
  readonly at: SimTime;
  readonly lasts: Distribution;
  readonly share: number;
}

/** Empty disks: of all targets at once, or of each again and again. Exactly one of the two is given. */
export interface DiskLoss {
  readonly kind: "disk-loss";
  readonly nodes: NodeSelector;
  readonly at?: SimTime | undefined;
  readonly timeToFailure?: Distribution | undefined;
}

/** Everything takes `factor` times as long: a node's work, or its way over the network. */
export interface Slow {
  readonly kind: "slow";
  readonly nodes: NodeSelector;
  readonly at: SimTime;
  readonly lasts: Distribution;
  readonly factor: number;
  readonly what: "service" | "network";
}

/** A release: each target is restarted once, at an even time of the window. */
export interface Restart {
  readonly kind: "restart";
  readonly nodes: NodeSelector;
  readonly at: SimTime;
  readonly within: Duration;
  readonly downtime: Distribution;
}

/** Nodes that lie, from a time on to the end. */
export interface Liars {
  readonly kind: "liars";
  readonly nodes: NodeSelector;
  readonly behaviour: PlainLie;
  readonly from: SimTime;
}

/** Nodes that keep this share of the blobs they confirm, from a time on to the end. */
export interface KeepShare {
  readonly kind: "keep-share";
  readonly nodes: NodeSelector;
  readonly keeps: number;
  readonly from: SimTime;
}

export type Disturbance =
  /** Nothing gets through from one side to the other, nor back unless `oneWay`. */
  | (BetweenSides & { readonly kind: "partition"; readonly oneWay: boolean })
  /** One way: messages lost and sent again, later, or at `rate` times their usual rate. */
  | (BetweenSides & {
      readonly kind: "link";
      readonly loss?: number | undefined;
      readonly delay?: Duration | undefined;
      readonly rate?: number | undefined;
    });

interface BetweenSides {
  readonly from: Side;
  readonly to: Side;
  readonly at: SimTime;
  readonly lasts: Distribution;
}

/** What goes wrong, and when; all times from the beginning of the run. */
export type Fault =
  | CrashRecover
  | Outage
  | DiskLoss
  | Slow
  | Restart
  | Liars
  | KeepShare
  | Disturbance;
