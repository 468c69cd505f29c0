import type { Context } from "../../engine/actor.ts";
import { invariant } from "../../engine/invariant.ts";
import type { BlobNumber } from "../content.ts";
import type { WalrusMessage } from "../messages.ts";
import type { Member } from "../placement.ts";
import type { Answer, CallId } from "../requests.ts";
import { type EpochDesk, enter, reset } from "./epoch-desk.ts";
import { beginAgain, goOnWithMetadata, takeSyncedMetadata } from "./metadata-sync.ts";
import type { EpochCall } from "./node-epoch-state.ts";
import { recoverPending, takeRecovered } from "./pending.ts";
import {
  askNext,
  finishIfHeld,
  goOnWithShards,
  rewind,
  storeShardSlivers,
  takeShardAnswer,
} from "./shard-sync.ts";
import { takeOver } from "./take-over.ts";

/**
 * How a storage node takes part in epochs: it hears of the new committee, keeps what it lost for those who need
 * it, comes by the shards it gained, says when it has them, and drops what it has not owned for two epochs.
 */
export class NodeEpochs {
  readonly #lend: (context: Context<WalrusMessage>) => EpochDesk;

  constructor(lend: (context: Context<WalrusMessage>) => EpochDesk) {
    this.#lend = lend;
  }

  /** A new committee is in office. With others that the node has missed to follow, it only takes note of it. */
  hearStart(epoch: number, isLast: boolean, context: Context<WalrusMessage>): void {
    const { epochs } = this.#lend(context);
    invariant(epoch === epochs.epoch + 1, () => `epoch ${epoch} follows ${epochs.epoch}`);
    epochs.epoch = epoch;
    epochs.startedAt = context.now;
    epochs.isSyncing = true;
    epochs.certifiedNow.clear();
    epochs.hasAttested = false;
    epochs.isShort = false;
    const desk = this.#lend(context); // Lent anew, for the placement is another from here on.
    const { recovery } = desk;
    const isBehind = !isLast || recovery.state.needsScan;
    if (!isLast) {
      enter("catch-up", desk);
      recovery.state.needsScan = true;
    }
    takeOver(desk, isLast);
    desk.replan();
    if (isLast) {
      if (isBehind && isMember(desk)) enter("recovering", desk);
      begin(desk);
    }
  }

  /** Members of enough weight have their shards. */
  hearDone(epoch: number, context: Context<WalrusMessage>): void {
    const { epochs } = this.#lend(context);
    if (epochs.epoch === epoch) epochs.isSyncing = false;
  }

  hearCertified(blob: BlobNumber, context: Context<WalrusMessage>): void {
    this.#lend(context).epochs.certifiedNow.add(blob);
  }

  /** The chain says that blobs were encoded wrongly, or are over: no shard needs them. */
  hearOver(blobs: readonly BlobNumber[], context: Context<WalrusMessage>): void {
    const desk = this.#lend(context);
    for (const { pending } of desk.epochs.syncs.values()) {
      for (const blob of blobs) pending.delete(blob);
    }
    goOn(desk);
  }

  /** The node has crashed: what it holds stays, what was on its way is lost. */
  stop(context: Context<WalrusMessage>): void {
    const { epochs } = this.#lend(context);
    epochs.calls.clear();
    epochs.isInPass = false;
    epochs.isPassDue = false;
  }

  /** The node is up again, and has yet to hear what it missed. */
  resume(context: Context<WalrusMessage>): void {
    const desk = this.#lend(context);
    const { syncs, metadata } = desk.epochs;
    for (const sync of syncs.values()) rewind(sync);
    if (metadata !== undefined) beginAgain(metadata);
    if (syncs.size > 0 || metadata !== undefined) askForList(desk);
  }

  /** The disk is empty: what came so far is to come again. */
  loseDisk(isUp: boolean, context: Context<WalrusMessage>): void {
    const desk = this.#lend(context);
    for (const sync of desk.epochs.syncs.values()) {
      sync.next = 0;
      sync.batchFrom = 0;
      sync.axis = "primary";
      sync.pending.clear();
      if (sync.phase === "recovering") sync.phase = "waiting";
    }
    if (isUp) goOn(desk);
  }

  /** The node has recovered all that it lacked of a blob and was to recover itself. */
  blobDone(blob: BlobNumber, bytes: number, context: Context<WalrusMessage>): void {
    takeRecovered(blob, bytes, this.#lend(context));
  }

  /** Takes an answer, or none, to one of its requests; false if the request is not one of these. */
  settle(call: CallId, answer: Answer | undefined, context: Context<WalrusMessage>): boolean {
    const desk = this.#lend(context);
    const known = desk.epochs.calls.get(call);
    if (known === undefined) return false;
    desk.epochs.calls.delete(call);
    take(known, answer, desk);
    goOn(desk);
    return true;
  }

  /** Takes what concerns syncs while the node is up; false if it does not. */
  receive(message: WalrusMessage, context: Context<WalrusMessage>): boolean {
    const desk = this.#lend(context);
    const { epochs } = desk;
    switch (message.kind) {
      case "certified-blobs":
        if (message.before === undefined) return false;
        if (message.before === epochs.epoch) epochs.list = message.blobs;
        break;
      case "epoch-call-over":
        if (message.life !== desk.recovery.life) return true;
        reset(message.call, desk);
        this.settle(message.call, undefined, context);
        return true;
      case "sync-shard-again": {
        const sync = epochs.syncs.get(message.sync);
        if (sync?.batch === message.batch) askNext(sync, desk);
        break;
      }
      case "shard-slivers-stored": {
        const sync = epochs.syncs.get(message.sync);
        if (sync?.batch === message.batch) {
          storeShardSlivers(sync, message.asked, message.slivers, desk);
        }
        break;
      }
      case "shard-recovery-pass":
        if (message.life !== desk.recovery.life) return true;
        epochs.isPassDue = false;
        epochs.isInPass = true;
        break;
      default:
        return false;
    }
    goOn(desk);
    return true;
  }

  /** Goes on with whatever can go on, and attests once all is there. */
  goOn(context: Context<WalrusMessage>): void {
    goOn(this.#lend(context));
  }
}

function take(call: EpochCall, answer: Answer | undefined, desk: EpochDesk): void {
  const { syncs, metadata } = desk.epochs;
  if (call.kind === "metadata") {
    if (metadata !== undefined) takeSyncedMetadata(metadata, call.blob, answer, desk);
    return;
  }
  const sync = syncs.get(call.sync);
  if (sync !== undefined) takeShardAnswer(sync, call.blobs, answer, desk);
}

function begin(desk: EpochDesk): void {
  const { epochs } = desk;
  if (epochs.syncs.size > 0 || epochs.metadata !== undefined) askForList(desk);
  goOn(desk);
}

// Without it there is nothing to go by: what is under way begins its batch again when the list is there.
function askForList(desk: EpochDesk): void {
  const { epochs, recovery } = desk;
  epochs.list = undefined;
  for (const sync of epochs.syncs.values()) {
    reset(sync.call, desk);
    if (sync.call !== undefined) epochs.calls.delete(sync.call);
    rewind(sync);
  }
  recovery.context.send(recovery.ledger, { kind: "get-certified", before: epochs.epoch }, 0);
}

function goOn(desk: EpochDesk): void {
  const { epochs } = desk;
  if (epochs.list !== undefined) {
    if (epochs.metadata !== undefined) {
      enter("recover-metadata", desk);
      if (goOnWithMetadata(epochs.metadata, desk)) {
        enter(desk.recovery.state.needsScan ? "recovering" : "active", desk);
      }
    }
    if (epochs.metadata === undefined) goOnWithShards(desk);
  }
  recoverPending(desk);
  for (const sync of [...epochs.syncs.values()]) finishIfHeld(sync, desk);
  attestIfDone(desk);
}

const isMember = ({ recovery: { placement, node } }: EpochDesk): boolean =>
  (placement.members[node] as Member).shards.length > 0;

function attestIfDone(desk: EpochDesk): void {
  const { epochs, recovery, falseAttester } = desk;
  const { context, node, state } = recovery;
  // Who does not keep its duty has no scan before it.
  const mustScan = recovery.isHonest && state.needsScan;
  const isWhole = epochs.syncs.size === 0 && epochs.metadata === undefined && !mustScan;
  if (!isMember(desk)) return;
  if (isWhole) enter("active", desk);
  if (epochs.hasAttested) return;
  if (!isWhole && falseAttester === undefined) return;
  epochs.hasAttested = true;
  const isFalse = isWhole && !epochs.isShort ? 0 : 1;
  if (isFalse === 1 && falseAttester !== undefined) {
    context.record("fault-bit", { fault: falseAttester, count: 1 });
  }
  const { epoch, startedAt } = epochs;
  context.send(recovery.ledger, { kind: "attest", epoch, node, isFalse, startedAt }, 0);
}
