import type { Actor, ActorId, Context } from "../engine/actor.ts";
import type { Duration, SimTime } from "../engine/sim-time.ts";
import { blobsAlike, type WholeNetwork } from "./blobs-alike.ts";
import type { BlobNumber } from "./content.ts";
import { HealthCount, type ShardState } from "./health.ts";
import type { Ledger } from "./ledger.ts";
import type { WalrusMessage } from "./messages.ts";
import { keepsItsDuty } from "./node-behaviour.ts";
import type { Placement } from "./placement.ts";
import type { StorageNode } from "./storage-node.ts";

/** A stretch of samples in which some blob could not be read. Plain data. */
interface OpenSpan {
  readonly from: SimTime;
  /** When it was last looked at, and how many blobs could not be read then. */
  sampledAt: SimTime;
  unavailable: number;
  blobMicroseconds: number;
  blobsMax: number;
}

/**
 * Looks at what the disks of all nodes hold, as nobody in the network could. At the horizon: which
 * certified blobs no reader could ever reconstruct again, which not from the nodes that are up, and
 * which some honest node does not hold in full. What liars hold counts as if they had not. Whenever a
 * node has recovered a blob: whether that has made the blob whole. With `healthEvery` the same in
 * between, as samples: a blob that is unavailable for less than that may be missed.
 */
export class Auditor implements Actor<WalrusMessage, { span: OpenSpan | undefined }> {
  readonly name = "auditor";
  state: { span: OpenSpan | undefined } = { span: undefined };
  readonly #network: WholeNetwork;
  readonly #nodes: readonly StorageNode[];
  readonly #ledger: Ledger;
  readonly #placement: Placement;
  readonly #at: SimTime;
  readonly #healthEvery: Duration | undefined;

  constructor(
    options: WholeNetwork & {
      readonly at: SimTime;
      /** How often to look in between; not at all unless given. */
      readonly healthEvery?: Duration | undefined;
    },
  ) {
    this.#network = options;
    this.#nodes = options.nodes;
    this.#ledger = options.ledger;
    this.#placement = options.placement;
    this.#at = options.at;
    this.#healthEvery = options.healthEvery;
  }

  start(context: Context<WalrusMessage>): void {
    context.wake(this.#at, { kind: "audit" });
    if (this.#healthEvery !== undefined) context.wake(0, { kind: "look-at-health" });
  }

  receive(message: WalrusMessage, _from: ActorId, context: Context<WalrusMessage>): void {
    switch (message.kind) {
      case "audit":
        context.record("audit", this.#auditAll());
        if (this.#healthEvery !== undefined) this.#endSpan(context);
        break;
      case "look-at-health":
        this.#lookAtHealth(context);
        break;
      case "blob-recovered":
        if (this.#isWhole(message.blob)) context.record("blob-healed", { blob: message.blob });
        break;
      default:
        break; // Not for the auditor.
    }
  }

  #auditAll() {
    const found = { blobs: 0, lost: 0, unavailable: 0, incomplete: 0 };
    for (const [blob, times] of blobsAlike(this.#network)) {
      const { onDisk, primaryUp } = this.#slivers(blob);
      found.blobs += times;
      if (!this.#isEnough(onDisk)) found.lost += times;
      if (primaryUp < this.#placement.primaryNeeded) found.unavailable += times;
      if (!this.#isWhole(blob)) found.incomplete += times;
    }
    return found;
  }

  #lookAtHealth(context: Context<WalrusMessage>): void {
    const { pairCount, primaryNeeded } = this.#placement;
    const count = new HealthCount(pairCount - primaryNeeded);
    for (const [blob, times] of blobsAlike(this.#network)) {
      const { onDisk, primaryUp, lacking } = this.#slivers(blob);
      const margin = primaryUp - primaryNeeded;
      const isLost = !this.#isEnough(onDisk);
      count.addBlobs({ margin, isLost, isIncomplete: lacking > 0, lacking }, times);
    }
    this.#placement.committees.last.members.forEach(({ shards }, index) => {
      const node = this.#nodes[index] as StorageNode;
      const state = shardState(node);
      const syncing = state === "Active" ? (node.state.epochs?.syncs.size ?? 0) : 0;
      count.addShards("Syncing", syncing);
      count.addShards(state, shards.length - syncing);
    });
    context.record("health", count.details());
    this.#goOnWithSpan(count.unavailable, context);
    const next = context.now + (this.#healthEvery ?? 0);
    if (next <= this.#at) context.wake(next - context.now, { kind: "look-at-health" });
  }

  // What a sample finds holds until the next one.
  #goOnWithSpan(unavailable: number, context: Context<WalrusMessage>): void {
    const { now } = context;
    const { span } = this.state;
    if (span === undefined) {
      if (unavailable === 0) return;
      const nothing = { blobMicroseconds: 0, blobsMax: unavailable };
      this.state.span = { from: now, sampledAt: now, unavailable, ...nothing };
      return;
    }
    span.blobMicroseconds += span.unavailable * (now - span.sampledAt);
    span.sampledAt = now;
    span.unavailable = unavailable;
    span.blobsMax = Math.max(span.blobsMax, unavailable);
    if (unavailable === 0) this.#recordSpan(span, context);
  }

  #endSpan(context: Context<WalrusMessage>): void {
    const { span } = this.state;
    if (span === undefined) return;
    span.blobMicroseconds += span.unavailable * (context.now - span.sampledAt);
    if (context.now > span.from) this.#recordSpan(span, context);
  }

  #recordSpan(span: OpenSpan, context: Context<WalrusMessage>): void {
    const { from, blobMicroseconds, blobsMax } = span;
    const blobSeconds = blobMicroseconds / 1e6;
    context.record("unavailable-span", { from, to: context.now, blobSeconds, blobsMax });
    this.state.span = undefined;
  }

  // Readers take primary slivers; what is left of secondary ones still counts for nodes.
  #slivers(blob: BlobNumber) {
    const onDisk = { primary: 0, secondary: 0 };
    let primaryUp = 0;
    let lacking = 0;
    const readers = this.#readers(blob);
    const weights = readers.weights(blob);
    this.#nodes.forEach((node, index) => {
      const held = node.honestlyHeld(blob, readers);
      onDisk.primary += held.primary;
      onDisk.secondary += held.secondary;
      if (!node.state.up) return;
      primaryUp += held.primary;
      if (!keepsItsDuty(node.state.lies)) return;
      // In one dimension a pair is one sliver.
      const axes = Number.isFinite(this.#placement.secondaryNeeded) ? 2 : 1;
      const secondary = axes === 2 ? held.secondary : 0;
      lacking += axes * (weights[index] as number) - held.primary - secondary;
    });
    return { onDisk, primaryUp, lacking };
  }

  // The committee that readers of the blob ask.
  #readers(blob: BlobNumber): Placement {
    const { last } = this.#placement.committees;
    const { certifiedIn, epochs } = this.#ledger.state;
    if (epochs === undefined || epochs.clock.phase !== "sync") return last;
    return certifiedIn.get(blob) === last.epoch ? last : last.at(last.epoch - 1);
  }

  // With too few of both kinds nothing helps: each symbol that is lost then lies on a row and on a
  // column of which too little is known.
  #isEnough({ primary, secondary }: { readonly primary: number; readonly secondary: number }) {
    const { primaryNeeded, secondaryNeeded } = this.#placement;
    return primary >= primaryNeeded || secondary >= secondaryNeeded;
  }

  #isWhole(blob: BlobNumber): boolean {
    return this.#nodes.every((node) => !node.state.up || !node.lacks(blob));
  }
}

function shardState({ state }: StorageNode): ShardState {
  if (!state.up) return "Down";
  if (state.lies.length > 0) return "Lying";
  const { scan, damagedBy } = state.recovery;
  return scan !== undefined || damagedBy !== undefined ? "Recovering" : "Active";
}
