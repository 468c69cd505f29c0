import type { TimerId } from "../engine/engine.ts";
import type { Duration, SimTime } from "../engine/sim-time.ts";
import { nodeOfShard } from "../placement/committee.ts";
import { clockOfDone, type EpochClock } from "../placement/epoch-clock.ts";
import type { Seating } from "../placement/succession.ts";
import { type Conduct, HONEST } from "./conduct.ts";
import type { Gap } from "./gaps.ts";
import type { CohortParameters } from "./parameters.ts";
import { addCohort, BEFORE_ALL, newPopulation, type Population } from "./population.ts";

/** Where a node is in its life. */
export type NodeStatus = "active" | "recover-metadata" | "catch-up" | "recovering" | "standby";

export interface NodeState {
  up: boolean;
  /** Out of the committee, and never to come back. */
  isGone: boolean;
  /** The epoch since which it has been missing what is certified, or was last. */
  epochDown: number;
  conduct: Conduct;
  /** Has left, and gives nobody what it had. */
  isRefusing: boolean;
  /** Since when it has signed for blobs that it did not store, and not told so; -1 if it does not. */
  signsSince: SimTime;
  status: NodeStatus;
  /** All work takes so many times as long, and whose doing that is. */
  slowness: number;
  slownessFault: number;
  /** Its way over the network: delays and link rates are so many times the usual. */
  delay: number;
  rate: number;
  /** Gaps that grow while it is down or does not store. */
  openGaps: number[];
  /** Whose doing an empty disk is, until the node has begun to recover; -1 for none. */
  damagedBy: number;
  /** The run over all blobs that it is at: when it began, and what it found missing. */
  scanSince: SimTime;
  scanBlobs: number;
  /** A new member's way through the metadata: share done and when it began; -1 if it needs none. */
  metadata: number;
  metadataSince: SimTime;
  /** What it has received to recover what it missed or lost and has not told of yet, and since when. */
  recoveredBytes: number;
  recoveredSince: SimTime;
  bytesSent: number;
  bytesReceived: number;
  /** Requests of sampled operations, and those that met it down. */
  requests: number;
  lostRequests: number;
}

/** Work under way on one gap, or on a new member's metadata where there is no gap. */
export interface ActiveFlow {
  readonly node: number;
  readonly gap: number;
  readonly work: "both" | "primary" | "secondary" | "metadata";
  /** Blobs (or slivers, in a transfer) a microsecond. */
  readonly rate: number;
  /** What one of them brings to the node; and to its progress: the share of the gap. */
  readonly bytes: number;
  readonly share: number;
  /** The node it all comes from; -1 where every helper gives its part. */
  readonly source: number;
  /** Slivers that one unit completes. */
  readonly slivers: number;
  /** Up to which share of the gap it can go as it is. */
  readonly until: number;
}

/** A stretch of time in which some blobs cannot be read. */
export interface OpenSpan {
  readonly from: SimTime;
  blobTime: number;
  blobsMax: number;
}

/** All that changes in the aggregated world but for readers. Plain data. */
export interface CohortState {
  /** Up to when everything has been carried forward. */
  at: SimTime;
  readonly nodes: NodeState[];
  readonly gaps: Map<number, Gap>;
  nextGap: number;
  readonly population: Population;
  /** Member by shard: in the present committee, and in the one before. */
  owners: readonly number[];
  previousOwners: readonly number[];
  /** Reads of blobs certified before the epoch began go to the committee before. */
  readsPrevious: boolean;
  epoch: number;
  epochStartedAt: SimTime;
  /** The contract's, and who may be in the committee and is; the next, once it is chosen. */
  clock: EpochClock;
  seating: Seating;
  nextSeating: Seating | undefined;
  /** Members that said in this epoch that they hold their shards. */
  attested: number[];
  flows: readonly ActiveFlow[];
  timer: TimerId | undefined;
  /** How long until the next look at what stands still, or may come to. */
  lookAgainIn: Duration;
  /** Blobs that could not be read after the last change. */
  unavailable: number;
  span: OpenSpan | undefined;
}

export function newCohortState(parameters: CohortParameters): CohortState {
  const population = newPopulation();
  const { preload, members, seating } = parameters;
  if (preload.blobs > 0) {
    addCohort(population, {
      sizes: preload.sizes,
      from: BEFORE_ALL,
      to: 0,
      count: preload.blobs,
      endEpoch: 1 + preload.lifetime,
    });
  }
  const owners = nodeOfShard(seating.committee);
  const isMember = new Set(owners);
  return {
    at: 0,
    nodes: members.map((_, node) => newNode(isMember.has(node))),
    gaps: new Map(),
    nextGap: 0,
    population,
    owners,
    previousOwners: owners,
    readsPrevious: false,
    epoch: 1,
    epochStartedAt: BEFORE_ALL,
    clock: clockOfDone(1, -parameters.epochs.age),
    seating: parameters.seating,
    nextSeating: undefined,
    attested: [],
    flows: [],
    timer: undefined,
    lookAgainIn: 0,
    unavailable: 0,
    span: undefined,
  };
}

const newNode = (isMember: boolean): NodeState => ({
  up: true,
  isGone: false,
  epochDown: 1,
  conduct: HONEST,
  isRefusing: false,
  signsSince: -1,
  status: isMember ? "active" : "standby",
  slowness: 1,
  slownessFault: -1,
  delay: 1,
  rate: 1,
  openGaps: [],
  damagedBy: -1,
  scanSince: -1,
  scanBlobs: 0,
  metadata: -1,
  metadataSince: -1,
  recoveredBytes: 0,
  recoveredSince: -1,
  bytesSent: 0,
  bytesReceived: 0,
  requests: 0,
  lostRequests: 0,
});

/** Up, and gives readers and helpers what it holds. */
export const serves = ({ up, conduct }: NodeState): boolean => up && conduct.serves;

/** Up, and sees to it that it holds what it should. */
export const keepsDuty = ({ up, conduct }: NodeState): boolean => up && conduct.keeps;

/** Shards by member, in order of shard. */
export function shardsByNode(owners: readonly number[], nodeCount: number): number[][] {
  const shards = Array.from({ length: nodeCount }, (): number[] => []);
  owners.forEach((node, shard) => {
    if (node >= 0) shards[node]!.push(shard);
  });
  return shards;
}

/** Shards whose owner is of a kind. */
export function weightWhere(
  owners: readonly number[],
  nodes: readonly NodeState[],
  is: (node: NodeState) => boolean,
): number {
  let weight = 0;
  for (const node of owners) if (node >= 0 && is(nodes[node]!)) weight++;
  return weight;
}

/** How many of a gap's shards its node owns in a committee. */
export function ownedBy(gap: Gap, owners: readonly number[]): number {
  let weight = 0;
  for (const shard of gap.shards) if (owners[shard] === gap.node) weight++;
  return weight;
}
