import type { Context } from "../engine/actor.ts";
import type { Duration } from "../engine/sim-time.ts";
import { abandonSync } from "./abandon-sync.ts";
import {
  grantPermits,
  startMetadata,
  startSync,
  storeRecovered,
  takeMetadata,
} from "./blob-sync.ts";
import type { BlobNumber } from "./content.ts";
import { endProof, proveToCommittee, startRound, takeAttestation } from "./inconsistency-proof.ts";
import type { WalrusMessage } from "./messages.ts";
import { goOnScanning, startScan } from "./node-scan.ts";
import { resetAll, takeCall, takeExpired } from "./recovery-calls.ts";
import { lacks, type RecoveryDesk } from "./recovery-desk.ts";
import { abandonAll, type BlobSync, forgetProofs, type RecoveryCall } from "./recovery-state.ts";
import type { Answer } from "./requests.ts";
import { askAgain, takeAnswer } from "./sliver-recovery.ts";

const MEBIBYTE = 1_048_576;
const SMALL_BYTES_MAX = 100 * MEBIBYTE;
const MEDIUM_BYTES_MAX = 4096 * MEBIBYTE;

/**
 * How a storage node comes by what it lacks of certified blobs: of those that the chain tells of, after
 * a wait for the client's own upload; and, when its disk was lost and it knows, of all there are.
 *
 * Left out: no wait for nodes far behind the chain, catching up by snapshots, and the end of syncs of
 * blobs that expire.
 */
export class NodeRecovery {
  readonly #lend: (context: Context<WalrusMessage>) => RecoveryDesk;

  constructor(lend: (context: Context<WalrusMessage>) => RecoveryDesk) {
    this.#lend = lend;
  }

  /** Sets the first look at the disk, at a random time so that not all nodes look at once. */
  start(context: Context<WalrusMessage>): void {
    awaitScrub(context.random("scrub")(), this.#lend(context));
  }

  /** The chain says that a blob is certified: if something of it is missing, the wait for it begins. */
  hearCertified(blob: BlobNumber, context: Context<WalrusMessage>): void {
    const desk = this.#lend(context);
    if (!desk.isHonest || !lacks(blob, desk)) return;
    desk.state.unfinished.add(blob);
    defer(blob, desk);
  }

  /** The chain says that blobs were encoded wrongly, or are over: there is nothing to be recovered of them. */
  hearOver(blobs: readonly BlobNumber[], context: Context<WalrusMessage>): void {
    const desk = this.#lend(context);
    for (const blob of blobs) {
      abandonSync(blob, desk);
      endProof(blob, desk);
    }
    pump(desk);
  }

  /** The node has crashed, in the middle of whatever it was doing. */
  stop(context: Context<WalrusMessage>): void {
    const { state, parameters } = this.#lend(context);
    abandonAll(state, parameters.sliverSyncs);
    forgetProofs(state);
    // Reminders of this life are void in the next.
    state.metadataCalls.isWatched = false;
    state.sliverCalls.isWatched = false;
    state.proofCalls.isWatched = false;
  }

  /** The node is up again: it takes up what it had not finished. */
  resume(context: Context<WalrusMessage>): void {
    const desk = this.#lend(context);
    for (const blob of desk.state.unfinished) defer(blob, desk);
    if (desk.state.damagedBy !== undefined || desk.state.needsScan) askForList(desk);
  }

  /** The committee has changed: what is under way begins anew, with the helpers there are now. */
  replan(context: Context<WalrusMessage>): void {
    const desk = this.#lend(context);
    const { state, parameters } = desk;
    const mustScan = state.scan !== undefined || state.awaitsList || state.needsScan;
    resetAll(desk);
    abandonAll(state, parameters.sliverSyncs);
    for (const blob of state.unfinished) state.queue.set(blob, context.now);
    for (const proof of state.proofs.values()) proveToCommittee(proof, desk);
    if (mustScan) askForList(desk);
    pump(desk);
  }

  /** Begins to recover a blob that the sync of a shard did not bring. */
  recoverForShard(blob: BlobNumber, context: Context<WalrusMessage>): void {
    const desk = this.#lend(context);
    // It sees to all that is lacking of the blob, that for which it waits in the queue too.
    desk.state.queue.delete(blob);
    desk.state.openShardSyncs++;
    startSync(blob, { origin: "shard", queuedAt: context.now }, desk);
  }

  /** The disk, or a part of it, is empty. Whatever was under way has lost what it stood on. */
  loseDisk(fault: number, isUp: boolean, context: Context<WalrusMessage>): void {
    const desk = this.#lend(context);
    const { state, parameters } = desk;
    resetAll(desk);
    abandonAll(state, parameters.sliverSyncs);
    forgetProofs(state);
    state.damagedBy = fault;
    if (!isUp) return;
    for (const blob of state.unfinished) state.queue.set(blob, context.now);
    if (parameters.noticeDiskLoss) askForList(desk);
    pump(desk);
  }

  /** Honest again: whatever it let pass while it lied may be missing. */
  goOver(fault: number, isUp: boolean, context: Context<WalrusMessage>): void {
    const desk = this.#lend(context);
    desk.state.damagedBy = fault;
    if (isUp) askForList(desk);
  }

  /** The time for a look at the disk has come. */
  scrub(isUp: boolean, context: Context<WalrusMessage>): void {
    const desk = this.#lend(context);
    awaitScrub(1, desk);
    if (isUp && desk.state.damagedBy !== undefined) askForList(desk);
  }

  /** A request of the node, or the answer to one, was lost. */
  lose(message: WalrusMessage, context: Context<WalrusMessage>): void {
    const desk = this.#lend(context);
    if ("call" in message) settle(takeCall(message.call, desk), undefined, desk);
    pump(desk);
  }

  /** Takes what concerns recovery while the node is up, and passes over the rest. */
  receive(message: WalrusMessage, context: Context<WalrusMessage>): void {
    const desk = this.#lend(context);
    const { state, life } = desk;
    switch (message.kind) {
      case "sync-due":
        if (message.life === life) enqueue(message.blob, desk);
        break;
      case "certified-blobs":
        if (state.awaitsList) startScan(message.blobs, desk);
        break;
      case "metadata":
      case "slivers":
      case "recovery-symbols":
      case "inconsistency-attested":
      case "refused":
        settle(takeCall(message.call, desk), message, desk);
        break;
      case "recovery-deadline":
        if (message.life !== life) break;
        for (const call of takeExpired(message.of, desk)) settle(call, undefined, desk);
        break;
      case "ask-metadata-again": {
        const sync = state.syncs.get(message.blob);
        if (sync?.startedAt === message.startedAt) startMetadata(sync, desk);
        break;
      }
      case "ask-symbols-again": {
        const recovery = state.recoveries.get(message.recovery);
        if (recovery !== undefined) askAgain(syncOf(recovery.blob, desk), recovery, desk);
        break;
      }
      case "prove-again": {
        const proof = state.proofs.get(message.blob);
        // Nobody is being asked, unless the committee has changed during the pause.
        if (proof?.startedAt === message.startedAt && proof.asked === 0) startRound(proof, desk);
        break;
      }
      case "slivers-recovered": {
        const recovery = state.recoveries.get(message.recovery);
        if (recovery !== undefined) storeRecovered(syncOf(recovery.blob, desk), recovery, desk);
        break;
      }
      default:
        return;
    }
    pump(desk);
  }
}

function defer(blob: BlobNumber, desk: RecoveryDesk): void {
  desk.context.wake(deferral(blob, desk), { kind: "sync-due", blob, life: desk.life });
}

function deferral(blob: BlobNumber, { metadataOf, parameters }: RecoveryDesk): Duration {
  const bytes = metadataOf(blob)?.bytes ?? Number.POSITIVE_INFINITY;
  const { small, medium, large } = parameters.deferral;
  if (bytes <= SMALL_BYTES_MAX) return small;
  return bytes <= MEDIUM_BYTES_MAX ? medium : large;
}

function awaitScrub(share: number, { context, parameters }: RecoveryDesk): void {
  if (parameters.scrubEvery === undefined) return;
  context.wake(Math.max(1, Math.round(share * parameters.scrubEvery)), { kind: "scrub" });
}

function askForList({ state, context, ledger, isHonest }: RecoveryDesk): void {
  if (!isHonest || state.awaitsList || state.scan !== undefined) return;
  state.awaitsList = true;
  context.send(ledger, { kind: "get-certified" }, 0);
}

const syncOf = (blob: BlobNumber, { state }: RecoveryDesk) => state.syncs.get(blob) as BlobSync;

function settle(
  call: RecoveryCall | undefined,
  answer: Answer | undefined,
  desk: RecoveryDesk,
): void {
  if (call === undefined) return; // Timed out, or asked in vain: the answer is late.
  const { syncs, recoveries, proofs } = desk.state;
  if (call.kind === "proofs") {
    const proof = proofs.get(call.blob);
    if (proof !== undefined) takeAttestation(proof, call.range.node, answer, desk);
    return;
  }
  const sync = syncs.get(call.blob);
  if (sync === undefined) return;
  if (call.recovery === undefined) {
    takeMetadata(sync, answer, desk);
    return;
  }
  const recovery = recoveries.get(call.recovery);
  if (recovery !== undefined) takeAnswer(sync, recovery, call.range, answer, desk);
}

function enqueue(blob: BlobNumber, { state, context }: RecoveryDesk): void {
  if (!state.syncs.has(blob) && !state.queue.has(blob)) state.queue.set(blob, context.now);
}

// Begins what permits allow: further pairs, further blobs, the rest of a scan.
function pump(desk: RecoveryDesk): void {
  const { state, parameters } = desk;
  if (state.freePermits > 0 && state.permitQueue.size > 0) grantPermits(desk);
  for (const [blob, queuedAt] of state.queue) {
    if (state.openSyncs >= parameters.blobSyncs) break;
    state.queue.delete(blob);
    if (lacks(blob, desk)) {
      state.openSyncs++;
      startSync(blob, { origin: "chain", queuedAt }, desk);
    } else {
      state.unfinished.delete(blob);
    }
  }
  goOnScanning(desk);
}
