import type { ActorId, Context } from "../../engine/actor.ts";
import type { Duration, SimTime } from "../../engine/sim-time.ts";
import type { BlobNumber, Metadata } from "../content.ts";
import type { ToldLies } from "../lies.ts";
import { recoverySymbolBytes } from "../message-bytes.ts";
import type { WalrusMessage } from "../messages.ts";
import type { WorkRequest } from "../node-answers.ts";
import { faultBehind, faultDropping } from "../node-behaviour.ts";
import type { Payload } from "../payload.ts";
import type { Member, Placement } from "../placement.ts";
import { absentSlivers, hasMetadata, type SliverStore } from "../sliver-store.ts";
import type { BlobSymbols, ChallengedBlobs, ChallengeMessage } from "./challenge-messages.ts";

const FRAMING = 100;
const CERTIFICATE_BYTES = 400;

/** A challenge that a node is in the midst of. Plain data. */
interface OwnChallenge {
  readonly challenge: number;
  readonly policy: "light" | "full";
  readonly startedAt: SimTime;
  readonly epoch: number;
  readonly blobs: ChallengedBlobs;
  /** To whom it says that it has passed. */
  readonly contract: ActorId;
  /** The fault that has it keep less than it should; -1 if none has. */
  readonly fault: number;
  readonly certifiedBy: Set<number>;
  /** What a cheat has got of others for what it does not keep, in shards. */
  gathered: number;
  isSent: boolean;
  isPassed: boolean;
  bytes: number;
}

/** All that changes in how a node meets challenges. Plain data. */
export interface NodeChallengeState {
  /** Whether it gives nothing of any blob, or of these. */
  silence: "none" | "all" | ReadonlySet<BlobNumber>;
  own: OwnChallenge | undefined;
}

export const newNodeChallengeState = (): NodeChallengeState => ({
  silence: "none",
  own: undefined,
});

/** What challenges can see and do of the node, lent for one step. */
export interface ChallengeDesk {
  readonly node: number;
  readonly context: Context<WalrusMessage>;
  readonly state: NodeChallengeState;
  readonly store: SliverStore;
  readonly lies: readonly ToldLies[];
  readonly up: boolean;
  readonly life: number;
  readonly placement: Placement;
  readonly payload: Payload;
  metadataOf(blob: BlobNumber): Metadata | undefined;
  /** How long it takes to read and expand so many slivers, of so many bytes together. */
  readingTime(slivers: number, bytes: number): Duration;
}

/** Whether a challenge has the node refuse this request: what it gives another would help a cheat. */
export function isRefused({ silence }: NodeChallengeState, request: WorkRequest): boolean {
  if (silence === "none") return false;
  const isOfContent =
    request.kind === "get-slivers" ||
    request.kind === "get-symbols" ||
    request.kind === "get-recovery-symbols";
  return isOfContent && (silence === "all" || silence.has(request.blob));
}

/** Takes what concerns challenges. A node that is down hears of nothing but their end. */
export function receiveChallenge(
  message: ChallengeMessage,
  from: ActorId,
  lent: ChallengeDesk,
): void {
  const { state, context, node, up } = lent;
  const epoch = message.kind === "challenge-begun" ? message.epoch : state.own?.epoch;
  const desk = epoch === undefined ? lent : { ...lent, placement: lent.placement.at(epoch) };
  if (message.kind === "challenge-over") {
    end(message, desk);
    return;
  }
  if (!up) return;
  switch (message.kind) {
    case "challenge-announced": {
      state.silence = "all";
      const { challenge } = message;
      context.send(from, { kind: "challenge-acknowledged", challenge, node }, 0);
      break;
    }
    case "challenge-begun":
      begin(message, from, desk);
      break;
    case "challenge-prepared":
      if (message.life !== desk.life || message.challenge !== state.own?.challenge) break;
      if (!state.own.isSent) sendAll(desk);
      break;
    case "challenge-symbols":
      if (isConvincing(message, desk)) {
        const { challenge } = message;
        const certificate = { kind: "challenge-certificate", challenge, node } as const;
        context.send(from, certificate, FRAMING + CERTIFICATE_BYTES);
      }
      break;
    case "challenge-certificate":
      if (message.challenge === state.own?.challenge) certify(message.node, desk);
      break;
    case "gather-symbols":
      if (state.silence === "none" || faultBehind(desk.lies, "keep-share") === message.fault) {
        const { challenge, bytesPerShard } = message;
        const answer = { kind: "symbols-gathered", challenge, node } as const;
        context.send(from, answer, FRAMING + bytesPerShard * weightOf(node, desk));
      }
      break;
    case "symbols-gathered":
      if (message.challenge === state.own?.challenge) gather(message.node, desk);
      break;
    default:
      break; // Not for a node.
  }
}

function begin(
  { challenge, policy, epoch, blobs }: Extract<ChallengeMessage, { kind: "challenge-begun" }>,
  contract: ActorId,
  desk: ChallengeDesk,
): void {
  const { state, context } = desk;
  state.silence = "drawn" in blobs ? new Set(blobs.drawn.flat()) : "all";
  const fault = faultBehind(desk.lies, "keep-share") ?? -1;
  const isKept = ownBlobs(blobs, desk).every(
    (blob) => faultDropping(desk.lies, blob) === undefined,
  );
  const own: OwnChallenge = {
    challenge,
    policy,
    startedAt: context.now,
    epoch,
    blobs,
    contract,
    fault,
    certifiedBy: new Set(),
    gathered: 0,
    isSent: false,
    isPassed: false,
    bytes: 0,
  };
  state.own = own;
  if (isKept) prepare(own, desk);
  else askOthers(own, fault, desk);
  // A certificate of its own counts: without it, all other honest nodes may be one too few.
  own.certifiedBy.add(desk.node);
}

const ownBlobs = (blobs: ChallengedBlobs, { node }: ChallengeDesk): readonly BlobNumber[] =>
  "drawn" in blobs ? (blobs.drawn[node] ?? []) : blobs.all;

// Every sliver of the blobs is read and expanded once, for all that are sent a symbol of it.
function prepare(own: OwnChallenge, desk: ChallengeDesk): void {
  const { context, life, placement } = desk;
  const { challenge } = own;
  let [slivers, bytes] = [0, 0];
  for (const { metadata, count } of presentSlivers(own, desk)) {
    slivers += count;
    bytes += count * placement.sizes(metadata.bytes).primaryBytes;
  }
  const delay = slivers === 0 ? 0 : desk.readingTime(slivers, bytes);
  context.wake(delay, { kind: "challenge-prepared", challenge, life });
}

function sendAll(desk: ChallengeDesk): void {
  const { state, node, placement, context } = desk;
  const own = state.own as OwnChallenge;
  const { challenge } = own;
  const found = presentSlivers(own, desk);
  const weight = weightOf(node, desk);
  const isComplete =
    found.length === ownBlobs(own.blobs, desk).length &&
    found.every(({ count }) => count === weight) &&
    faultBehind(desk.lies, "wrong-bytes") === undefined;
  const bytesPerShard = found.reduce(
    (sum, { metadata, count }) => sum + count * symbolBytes(metadata, desk),
    0,
  );
  own.isSent = true;
  placement.members.forEach(({ actor, shards }, other) => {
    if (other === node || shards.length === 0) return;
    const symbols = symbolsFor(other, found, desk);
    const bytes = FRAMING + shards.length * bytesPerShard;
    own.bytes += bytes;
    context.send(actor, { kind: "challenge-symbols", challenge, node, isComplete, symbols }, bytes);
  });
}

interface Present {
  readonly metadata: Metadata;
  /** Primary slivers that it has of the blob, and positions of those it has not. */
  readonly count: number;
  readonly absent: readonly number[];
}

// A cheat that sends anything has got by now what it does not keep.
function presentSlivers(own: OwnChallenge, desk: ChallengeDesk): Present[] {
  const { store, placement, node } = desk;
  return ownBlobs(own.blobs, desk).flatMap((blob) => {
    const metadata = hasMetadata(store, blob) ? desk.metadataOf(blob) : undefined;
    if (metadata === undefined) return [];
    const shards = placement.shards(blob, node);
    const absent = absentSlivers(store, blob, "primary", shards);
    return [{ metadata, count: shards.length - absent.length, absent }];
  });
}

function symbolsFor(
  other: number,
  found: readonly Present[],
  { payload, placement, node, lies }: ChallengeDesk,
): BlobSymbols[] | undefined {
  if (found.every(({ metadata }) => metadata.commitment === undefined)) return undefined;
  const isForger = faultBehind(lies, "wrong-bytes") !== undefined;
  return found.map(({ metadata, absent }) => {
    const targets = placement.pairs(metadata.blob, other);
    const count = placement.pairs(metadata.blob, node).length;
    const { epoch } = placement;
    const wanted = { epoch, node, axis: "secondary", targets, first: 0, count, absent } as const;
    const slice = payload.symbols.slice(metadata, wanted);
    return { metadata, slice: isForger ? payload.symbols.corrupted(slice) : slice };
  });
}

// All that were expected, each covered by the metadata.
const isConvincing = (
  { isComplete, symbols = [] }: Extract<ChallengeMessage, { kind: "challenge-symbols" }>,
  { payload }: ChallengeDesk,
): boolean =>
  isComplete && symbols.every(({ metadata, slice }) => payload.symbols.verifies(metadata, slice));

function certify(by: number, desk: ChallengeDesk): void {
  const { state, node, context, placement } = desk;
  const own = state.own as OwnChallenge;
  own.certifiedBy.add(by);
  let weight = 0;
  for (const other of own.certifiedBy) weight += weightOf(other, desk);
  if (own.isPassed || weight < placement.answerQuorum) return;
  own.isPassed = true;
  const { challenge } = own;
  context.send(own.contract, { kind: "challenge-passed", challenge, node }, 0);
  finish(own, ownBlobs(own.blobs, desk).length, desk);
}

// Asks everybody for symbols of what it does not keep, to recover its own slivers from them.
function askOthers(own: OwnChallenge, fault: number, desk: ChallengeDesk): void {
  const { node, placement, context } = desk;
  const { challenge } = own;
  const bytesPerShard = ownBlobs(own.blobs, desk)
    .filter((blob) => faultDropping(desk.lies, blob) !== undefined)
    .reduce((sum, blob) => {
      const metadata = desk.metadataOf(blob);
      if (metadata === undefined) return sum;
      return sum + weightOf(node, desk) * symbolBytes(metadata, desk);
    }, 0);
  context.record("fault-bit", { fault, count: 1 });
  placement.members.forEach(({ actor, shards }, other) => {
    if (other === node || shards.length === 0) return;
    const request = { kind: "gather-symbols", challenge, node, fault, bytesPerShard } as const;
    context.send(actor, request, FRAMING);
  });
}

// A primary sliver takes symbols of n - f secondary ones.
function gather(from: number, desk: ChallengeDesk): void {
  const own = desk.state.own as OwnChallenge;
  const { secondaryNeeded } = desk.placement;
  const isEnough = own.gathered >= secondaryNeeded;
  own.gathered += weightOf(from, desk);
  if (!isEnough && own.gathered >= secondaryNeeded) prepare(own, desk);
}

function end(
  { challenge, policy, startedAt, blobs }: Extract<ChallengeMessage, { kind: "challenge-over" }>,
  desk: ChallengeDesk,
): void {
  const { state } = desk;
  const { own } = state;
  state.silence = "none";
  state.own = undefined;
  // One that was down when it began fails it like one that cheats.
  const met = own?.challenge === challenge ? own : undefined;
  if (met?.isPassed === true || blobs === 0) return;
  const missed = { challenge, policy, startedAt, fault: -1, isPassed: false, bytes: 0 };
  finish(met ?? missed, blobs, desk);
}

function finish(
  own: Pick<OwnChallenge, "challenge" | "policy" | "startedAt" | "fault" | "isPassed" | "bytes">,
  blobs: number,
  { context, node }: ChallengeDesk,
): void {
  context.record("challenge-finished", {
    challenge: own.challenge,
    policy: own.policy,
    node,
    blobs,
    passed: own.isPassed ? 1 : 0,
    bytes: own.bytes,
    durationMicroseconds: context.now - own.startedAt,
    fault: own.fault,
  });
}

const symbolBytes = ({ bytes }: Metadata, { placement }: ChallengeDesk): number =>
  recoverySymbolBytes(placement.sizes(bytes).symbolBytes, placement.pairCount);

const weightOf = (node: number, { placement }: ChallengeDesk): number =>
  (placement.members[node] as Member).shards.length;
