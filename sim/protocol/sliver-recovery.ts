import type { Axis } from "../codec/code.ts";
import { otherAxis } from "../codec/red-stuff/shape.ts";
import { invariant } from "../engine/invariant.ts";
import {
  type BlobNumber,
  type InconsistencyEvidence,
  type Metadata,
  present,
  type SliverSlice,
  type SymbolSlice,
} from "./content.ts";
import { missAbsent, nextRange } from "./helper-ranges.ts";
import { contentBytes } from "./message-bytes.ts";
import type { Placement } from "./placement.ts";
import { ask } from "./recovery-calls.ts";
import { backoff, helpersByWeight, type RecoveryDesk, shuffle } from "./recovery-desk.ts";
import type { Batch, BlobSync, SliverRange, SliverRecovery } from "./recovery-state.ts";
import type { Answer } from "./requests.ts";
import { absentSlivers, heldCount } from "./sliver-store.ts";

/**
 * Begins to recover slivers of one axis, which lie at these positions on the node: asks helpers in
 * random order for exactly as many symbols as are missing, each helper for all that is wanted of it at
 * once. In one dimension (`axis` undefined) it fetches as many slivers as reconstruct the blob.
 */
export function startRecovery(
  sync: BlobSync,
  what: {
    readonly axis: Axis | undefined;
    readonly positions: readonly number[];
    readonly batch: Batch;
  },
  desk: RecoveryDesk,
): void {
  const { blob } = sync;
  const pairs = desk.placement.pairs(blob, desk.node);
  const helpers = desk.helpers(blob);
  const recovery: SliverRecovery = {
    id: desk.state.nextRecovery++,
    blob,
    ...what,
    targets: what.positions.map((position) => pairs[position] as number),
    helperEpoch: helpers.epoch,
    order: helpersByWeight(blob, helpers, desk),
    next: 0,
    position: 0,
    retry: [],
    missed: [],
    asked: 0,
    collected: 0,
    pauses: 0,
    isDecoding: false,
    symbols: [],
    slivers: [],
  };
  what.batch.open++;
  sync.recoveries.add(recovery.id);
  desk.state.recoveries.set(recovery.id, recovery);
  goOn(sync, recovery, desk);
}

/** Takes the answer to one request, or none if it was refused, lost or too late. */
export function takeAnswer(
  sync: BlobSync,
  recovery: SliverRecovery,
  range: SliverRange,
  answer: Answer | undefined,
  desk: RecoveryDesk,
): void {
  const { tally } = sync;
  recovery.asked -= range.count;
  if (answer?.kind === "recovery-symbols" || answer?.kind === "slivers") {
    const slice = answer.kind === "slivers" ? answer.slivers : answer.symbols;
    const count = present(slice) * (answer.kind === "slivers" ? 1 : recovery.targets.length);
    tally.symbols += count;
    tally.bytesReceived += contentBytes(answer, desk.placement);
    if (isValid(recovery, slice, desk)) {
      recovery.collected += present(slice);
      keep(recovery, slice, desk);
      missAbsent(recovery, range.node, slice.absent);
    } else {
      tally.wrongSymbols += count;
      recovery.missed.push(range);
    }
  } else {
    tally.failedRequests++;
    recovery.missed.push(range);
  }
  goOn(sync, recovery, desk);
}

/** The pause is over: asks again for what did not come, in a new order. */
export function askAgain(sync: BlobSync, recovery: SliverRecovery, desk: RecoveryDesk): void {
  if (recovery.isDecoding) return;
  const other = otherCommittee(recovery, desk);
  if (other === undefined) {
    recovery.retry = shuffle(recovery.missed, desk);
    recovery.missed = [];
  } else {
    askCommittee(recovery, other, desk);
  }
  goOn(sync, recovery, desk);
}

// While a committee comes into office, what one of the two cannot give the other may: leavers recover nothing,
// newcomers have not got everything.
function otherCommittee(recovery: SliverRecovery, desk: RecoveryDesk): Placement | undefined {
  const { placement } = desk;
  const readers = desk.helpers(recovery.blob);
  const other = recovery.helperEpoch === placement.epoch ? readers : placement;
  return other.epoch === recovery.helperEpoch ? undefined : other;
}

// From the beginning: a shard that has moved would count twice.
function askCommittee(recovery: SliverRecovery, committee: Placement, desk: RecoveryDesk): void {
  recovery.helperEpoch = committee.epoch;
  recovery.order = helpersByWeight(recovery.blob, committee, desk);
  recovery.next = 0;
  recovery.position = 0;
  recovery.retry = [];
  recovery.missed = [];
  recovery.collected = 0;
  recovery.symbols = [];
  recovery.slivers = [];
}

/** Decodes if enough is there, now that the node has got more slivers of its own. */
export function decodeIfEnough(recovery: SliverRecovery, desk: RecoveryDesk): void {
  if (!recovery.isDecoding && missingSources(recovery, desk) <= 0) decode(recovery, desk);
}

// Asks further helpers for what is missing; once all have been asked, waits a while.
function goOn(sync: BlobSync, recovery: SliverRecovery, desk: RecoveryDesk): void {
  if (recovery.isDecoding) return;
  let missing = missingSources(recovery, desk);
  if (missing <= 0) {
    decode(recovery, desk);
    return;
  }
  missing -= recovery.asked;
  while (missing > 0) {
    const range = nextRange(recovery, missing, desk);
    if (range === undefined) break;
    missing -= range.count;
    request(sync, recovery, range, desk);
  }
  if (recovery.asked > 0) return;
  sync.tally.pauses++;
  const delay = backoff(recovery.pauses++, desk);
  desk.context.wake(delay, { kind: "ask-symbols-again", recovery: recovery.id });
}

/**
 * Decodes what was collected, and stops the run unless it is enough: no sliver comes from nothing. The
 * proof, if it leads to other slivers than the metadata speaks of.
 */
export function judgeRecovered(
  recovery: SliverRecovery,
  desk: RecoveryDesk,
): InconsistencyEvidence | undefined {
  const { payload, node, placement } = desk;
  const { blob, axis, targets } = recovery;
  const metadata = desk.metadataOf(blob) as Metadata;
  const first = 0;
  const epoch = recovery.helperEpoch;
  const shards = ownShards(recovery, desk);
  const count = shards.length;
  const missing = missingSources(recovery, desk);
  const sources = needed(recovery, desk) - missing;
  invariant(
    missing <= 0 && sources <= placement.pairCount,
    () => `node ${node} recovers slivers of blob ${blob} from ${sources} others`,
  );
  const absent = absentSlivers(desk.store, blob, sourceAxis(recovery), shards);
  if (axis === undefined) {
    const own = payload.slice(metadata, epoch, node, first, count, absent);
    const outcome = payload.reconstruct(metadata, [own, ...recovery.slivers], "default");
    invariant(outcome === "ok", () => `blob ${blob} is ${outcome} for a node that recovers it`);
    return undefined;
  }
  if (!payload.symbols.mustKeep(metadata)) return undefined;
  const wanted = { epoch, node, axis, targets, first, count, absent };
  const own = payload.symbols.slice(metadata, wanted);
  return payload.symbols.recover(metadata, [...recovery.symbols, own]);
}

function needed({ axis }: SliverRecovery, { placement }: RecoveryDesk): number {
  return axis === "primary" ? placement.secondaryNeeded : placement.primaryNeeded;
}

// Slivers of its own serve a node like those of its peers, and cost no message.
function missingSources(recovery: SliverRecovery, desk: RecoveryDesk): number {
  const { blob, collected } = recovery;
  const own = heldCount(desk.store, blob, sourceAxis(recovery), ownShards(recovery, desk));
  return needed(recovery, desk) - own - collected;
}

// Of the committee that is asked: a shard that the node has gained since is its previous owner's there.
const ownShards = ({ blob, helperEpoch }: SliverRecovery, { placement, node }: RecoveryDesk) =>
  placement.at(helperEpoch).shards(blob, node);

const sourceAxis = ({ axis }: SliverRecovery): Axis =>
  axis === undefined ? "primary" : otherAxis(axis);

function isValid(
  recovery: SliverRecovery,
  slice: SliverSlice | SymbolSlice,
  { payload, metadataOf }: RecoveryDesk,
): boolean {
  const metadata = metadataOf(recovery.blob) as Metadata;
  return "axis" in slice
    ? payload.symbols.verifies(metadata, slice)
    : payload.valid(metadata, slice) === present(slice);
}

function keep(
  recovery: SliverRecovery,
  slice: SliverSlice | SymbolSlice,
  { payload, metadataOf }: RecoveryDesk,
): void {
  if (!("axis" in slice)) recovery.slivers.push(slice);
  else if (payload.symbols.mustKeep(metadataOf(recovery.blob) as Metadata)) {
    recovery.symbols.push(slice);
  }
}

function request(
  sync: BlobSync,
  recovery: SliverRecovery,
  range: SliverRange,
  desk: RecoveryDesk,
): void {
  const { id, blob, helperEpoch: epoch, axis, targets } = recovery;
  const { first, count } = range;
  recovery.asked += count;
  sync.tally.requests++;
  ask(
    "slivers",
    { blob, recovery: id, range },
    (call) =>
      axis === undefined
        ? { kind: "get-slivers", call, blob, epoch, first, count }
        : { kind: "get-recovery-symbols", call, blob, epoch, axis, targets, first, count },
    desk,
  );
}

function decode(recovery: SliverRecovery, desk: RecoveryDesk): void {
  const { axis, blob, id, positions } = recovery;
  recovery.isDecoding = true;
  const { primaryBytes, secondaryBytes } = sizesOf(blob, desk);
  const bytes = positions.length * (axis === "secondary" ? secondaryBytes : primaryBytes);
  // One dimension decodes the whole blob to encode it again, whatever part of it was lost.
  const slivers = axis === undefined ? desk.placement.primaryNeeded : positions.length;
  desk.context.wake(desk.storingTime(slivers, bytes), { kind: "slivers-recovered", recovery: id });
}

const sizesOf = (blob: BlobNumber, desk: RecoveryDesk) =>
  desk.placement.sizes((desk.metadataOf(blob) as Metadata).bytes);
