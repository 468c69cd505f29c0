import type { Axis } from "../codec/code.ts";
import { otherAxis } from "../codec/red-stuff/shape.ts";
import { blobsAlike, type WholeNetwork } from "./blobs-alike.ts";
import type { BlobNumber } from "./content.ts";
import { keepsItsDuty } from "./node-behaviour.ts";
import type { SliverRecovery } from "./recovery-state.ts";
import { isWhole } from "./sliver-store.ts";
import type { StorageNode } from "./storage-node.ts";

/** Why an honest node that is up does not hold all that it should. */
export type WhyUnrecovered =
  | "too-few-helpers"
  /** There are helpers enough, and it goes on. */
  | "under-way"
  | "waits-for-turn"
  | "waits-for-permit"
  /** Nobody gives it metadata. */
  | "no-metadata"
  | "shard-under-way"
  /** The previous owner of the shard hands nothing over. */
  | "no-source"
  /** Encoded wrongly, and the chain has yet to say so. */
  | "proof-under-way"
  /** It does not know, or recovers nothing at all. */
  | "nobody-at-it";

/** What is not recovered, for one reason. */
export interface Unrecovered {
  readonly why: WhyUnrecovered;
  readonly blobs: number;
  readonly slivers: number;
  /** Nodes that lack it, by position. */
  readonly nodes: readonly number[];
  /** Shards that can help with the sliver that has fewest helpers, and those it takes; of too few helpers alone. */
  readonly helpers?: {
    readonly axis: Axis | "both";
    readonly count: number;
    readonly needed: number;
  };
  /** Shards on nodes that are down, and on nodes that lie. */
  readonly shardsDown: number;
  readonly shardsLying: number;
}

type Reason = Pick<Unrecovered, "why" | "helpers">;

/** Sees whether recovery is through, and if not why: what every honest node that is up lacks, and what it does about it. */
export class RecoveryObserver {
  readonly #network: WholeNetwork;

  constructor(network: WholeNetwork) {
    this.#network = network;
  }

  /** Later blobs have greater numbers. */
  newest(): number {
    let newest = this.#network.preloaded - 1;
    for (const blob of this.#network.ledger.state.certified) newest = Math.max(newest, blob);
    return newest;
  }

  /** Whether no honest node that is up lacks anything of a certified blob up to this one. */
  isWhole(upTo: number): boolean {
    const { nodes } = this.#network;
    for (const [blob] of blobsAlike(this.#network)) {
      if (blob <= upTo && nodes.some((node) => lacks(node, blob))) return false;
    }
    return true;
  }

  /** What is lacking now, a reason each. */
  unrecovered(): Unrecovered[] {
    const { nodes, placement } = this.#network;
    const found = new Map<string, Tally>();
    for (const [blob, times] of blobsAlike(this.#network)) {
      const seen = new Set<Tally>();
      nodes.forEach((node, index) => {
        if (!lacks(node, blob)) return;
        const reason = this.#reason(blob, node, index);
        const tally = found.get(reason.why) ?? {
          ...reason,
          blobs: 0,
          slivers: 0,
          nodes: new Set(),
        };
        found.set(reason.why, tally);
        if (!seen.has(tally)) tally.blobs += times;
        seen.add(tally);
        tally.slivers += times * this.#lackingSlivers(blob, node, index);
        tally.nodes.add(index);
        if (reason.helpers !== undefined && shortage(reason) > shortage(tally)) {
          tally.helpers = reason.helpers;
        }
      });
    }
    const shardsOf = (is: (node: StorageNode) => boolean) =>
      placement.committees.last.members.reduce(
        (sum, { shards }, index) => sum + (is(nodes[index] as StorageNode) ? shards.length : 0),
        0,
      );
    const shardsDown = shardsOf(({ state }) => !state.up);
    const shardsLying = shardsOf(({ state }) => state.up && !keepsItsDuty(state.lies));
    return [...found.values()].map(({ nodes: lacking, helpers, ...rest }) => ({
      ...rest,
      ...(helpers === undefined ? {} : { helpers }),
      nodes: [...lacking].sort((a, b) => a - b),
      shardsDown,
      shardsLying,
    }));
  }

  #reason(blob: BlobNumber, { state }: StorageNode, index: number): Reason {
    const { recovery, epochs, store } = state;
    if (recovery.proofs.has(blob)) return { why: "proof-under-way" };
    const sync = recovery.syncs.get(blob);
    if (sync === undefined) {
      const shards = this.#here(index).shards(blob, index);
      const syncing = new Set([...(epochs?.syncs.values() ?? [])].map(({ shard }) => shard));
      const others = shards.filter((shard) => !syncing.has(shard));
      if (isWhole(store, blob, others)) return { why: "shard-under-way" };
      const isDue = recovery.queue.has(blob) || recovery.unfinished.has(blob);
      const isGoneOver = recovery.scan !== undefined || recovery.awaitsList;
      return { why: isDue || isGoneOver ? "waits-for-turn" : "nobody-at-it" };
    }
    if (sync.metadataAt < 0) return { why: "no-metadata" };
    if (sync.recoveries.size === 0) return { why: "waits-for-permit" };
    // Where one axis can go on the other may yet get its helpers.
    const reasons = [...sync.recoveries].map((id) =>
      this.#helpersOf(recovery.recoveries.get(id) as SliverRecovery),
    );
    const worst = reasons.reduce((a, b) =>
      shortage({ helpers: a }) > shortage({ helpers: b }) ? a : b,
    );
    const goesOn = reasons.some(({ count, needed }) => count >= needed);
    return goesOn ? { why: "under-way" } : { why: "too-few-helpers", helpers: worst };
  }

  #helpersOf({ blob, axis, helperEpoch }: SliverRecovery) {
    const { nodes, placement } = this.#network;
    const committee = placement.at(helperEpoch);
    const from = axis === undefined ? "primary" : otherAxis(axis);
    const count = nodes.reduce(
      (sum, node) => sum + (node.state.up ? node.honestlyHeld(blob, committee)[from] : 0),
      0,
    );
    const needed = axis === "primary" ? placement.secondaryNeeded : placement.primaryNeeded;
    return { axis: axis ?? "both", count, needed } as const;
  }

  #lackingSlivers(blob: BlobNumber, node: StorageNode, index: number): number {
    const here = this.#here(index);
    const { primary, secondary } = node.honestlyHeld(blob, here);
    const pairs = here.shards(blob, index).length;
    // In one dimension a pair is one sliver.
    return Number.isFinite(here.secondaryNeeded)
      ? 2 * pairs - primary - secondary
      : pairs - primary;
  }

  // The committee of the epoch that the node is in.
  #here(index: number) {
    const { nodes, placement } = this.#network;
    return placement.at(nodes[index]?.state.epochs?.epoch ?? 1);
  }
}

type Tally = Reason & {
  blobs: number;
  slivers: number;
  nodes: Set<number>;
  helpers?: Unrecovered["helpers"];
};

const lacks = (node: StorageNode, blob: BlobNumber): boolean => node.state.up && node.lacks(blob);

const shortage = ({ helpers }: Pick<Unrecovered, "helpers">): number =>
  helpers === undefined ? Number.NEGATIVE_INFINITY : helpers.needed - helpers.count;
