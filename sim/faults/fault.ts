import type { ActorId } from "../engine/actor.ts";
import type { Distribution } from "../engine/distribution.ts";
import type { Duration, SimTime } from "../engine/sim-time.ts";
import type { BlobChoice, LieKind } from "../protocol/lies.ts";

/** A storage node as faults know it. */
export interface FaultNode {
  readonly actor: ActorId;
  readonly name: string;
  /** How many it holds, to begin with. */
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
  /** Of all operations, 0..1. */
  readonly share: number;
}

type Order = "random" | "worst";

/** The set that a search finds to hurt most, as near below its share as whole nodes allow. */
export interface WorstSet {
  readonly share: number;
  readonly by: "search";
  /** All readers, the nodes that recover, or the readers of one region. */
  readonly hurting: "reads" | "recovery" | "latency";
  /** Of the readers; only where latency is hurt. */
  readonly region?: string | undefined;
}

/** Which nodes are struck. */
export type NodeSelector =
  | "all"
  /** As near below this share of all shards as whole nodes allow: any, or as few as possible. */
  | { readonly share: number; readonly by: Order }
  /** So many: any, or those with most shards. */
  | { readonly count: number; readonly by: Order }
  | WorstSet
  /** Those of an earlier fault, by its place in the list. */
  | { readonly sameAs: number }
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
  readonly lasts: Distribution | "for-good";
  readonly share: number;
  /** `lost`: they come back empty, if at all. */
  readonly disks?: "kept" | "lost" | undefined;
}

/** Nodes that go up and down in quick turn, for a while. */
export interface Flap {
  readonly kind: "flap";
  readonly nodes: NodeSelector;
  readonly at: SimTime;
  readonly lasts: Distribution;
  readonly up: Distribution;
  readonly down: Distribution;
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

/** A release: each target is restarted once, at an even time of the window. A bad one harms a share of them. */
export interface Restart {
  readonly kind: "restart";
  readonly nodes: NodeSelector;
  readonly at: SimTime;
  readonly within: Duration;
  readonly downtime: Distribution;
  /** Of the targets' shards: nodes that the release harms. */
  readonly failShare?: number | undefined;
  /** They do not come back, come back empty, or serve garbage ever after. */
  readonly harm?: "crash" | "lose-disk" | "wrong-bytes" | undefined;
}

/** Nodes that lie, in one way or several at once. */
export interface Liars {
  readonly kind: "liars";
  readonly nodes: NodeSelector;
  readonly behaviour: LieKind | readonly LieKind[];
  readonly from: SimTime;
  /** To the end when absent. */
  readonly lasts?: Distribution | undefined;
  /** Withheld; all when absent. */
  readonly blobs?: BlobChoice | undefined;
  /** Places of the clients withheld from; all askers when absent. */
  readonly clients?: readonly string[] | undefined;
  /** How long before its asker gives up a delayed answer leaves. */
  readonly margin?: Duration | undefined;
}

/** A client that reaches only liars: its links to all other nodes are cut, or slow. */
export interface Eclipse {
  readonly kind: "eclipse";
  /** Its place. */
  readonly client: string;
  /** The nodes it can reach as ever. */
  readonly liars: NodeSelector;
  readonly at: SimTime;
  readonly lasts: Distribution;
  /** Added to what goes either way; all is lost when absent. */
  readonly delay?: Duration | undefined;
}

/** One who watches the whole network and strikes where it is weakest, again and again. */
export interface Adaptive {
  readonly kind: "adaptive";
  /** Share of all shards that may be struck at one time. */
  readonly budget: number;
  /** Strikes nodes that recover, or those that hold most of the blob nearest to its loss. */
  readonly watches: "recovery" | "margin";
  readonly does: "crash" | "wrong-bytes" | "withhold";
  readonly at: SimTime;
  readonly lasts?: Distribution | undefined;
  /** Between looks. */
  readonly every: Duration;
  /** From a look to the strike that follows from it. */
  readonly reaction: Duration;
}

/** A client that registers blobs, pays for them, and never uploads one. */
export interface RegistrationSpam {
  readonly kind: "registration-spam";
  readonly at: SimTime;
  readonly lasts: Distribution;
  /** Registrations a microsecond, at Poisson times. */
  readonly rate: number;
}

/** A client that writes many small blobs, each with all the metadata of a large one. */
export interface SmallBlobFlood {
  readonly kind: "small-blob-flood";
  /** The place it writes from. */
  readonly client: string;
  readonly at: SimTime;
  readonly lasts: Distribution;
  /** Writes a microsecond, at Poisson times. */
  readonly rate: number;
  /** In bytes. */
  readonly size: number;
}

/** Calm and war in turn: while there is war, its faults are in force, with times from its beginning. */
export interface Regime {
  readonly kind: "regime";
  readonly calm: Distribution;
  readonly war: Distribution;
  readonly begins: "calm" | "war";
  readonly faults: readonly PlainFault[];
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
export type Fault = PlainFault | Regime;

/** All but those that are made of others. */
export type PlainFault =
  | CrashRecover
  | Outage
  | Flap
  | DiskLoss
  | Slow
  | Restart
  | Liars
  | KeepShare
  | Disturbance
  | Eclipse
  | Adaptive
  | RegistrationSpam
  | SmallBlobFlood;
