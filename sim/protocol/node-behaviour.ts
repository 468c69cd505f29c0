import type { ActorId } from "../engine/actor.ts";
import type { Duration } from "../engine/sim-time.ts";
import type { BlobNumber } from "./content.ts";
import type { BlobChoice, Lie, ToldLies } from "./lies.ts";
import { answerTo, blobOf, refusal, type Shelf, type WorkRequest } from "./node-answers.ts";
import type { Payload } from "./payload.ts";
import type { Answer, Request } from "./requests.ts";

/** Sets the lies of one fault, beside those of others; none ends them. */
export function withLies(
  told: readonly ToldLies[],
  fault: number,
  lies: readonly Lie[],
): readonly ToldLies[] {
  const others = told.filter((each) => each.fault !== fault);
  return lies.length === 0 ? others : [...others, { fault, lies }];
}

/** The fault for which it has not kept what it confirmed of a blob. */
export function faultDropping(told: readonly ToldLies[], blob: BlobNumber): number | undefined {
  return told.find(({ fault, lies }) => lies.some((lie) => isDropped(lie, blob, fault)))?.fault;
}

// Each node drops blobs of its own.
const isDropped = (lie: Lie, blob: BlobNumber, fault: number): boolean =>
  lie.kind === "keep-share" &&
  !isOf({ share: lie.share }, blob ^ Math.imul(lie.salt + 1, 0xc2b2ae35), fault);

/** The fault that makes a node lie so, the first of several; undefined if it does not. */
export function faultBehind(told: readonly ToldLies[], kind: Lie["kind"]): number | undefined {
  return told.find(({ lies }) => lies.some((lie) => lie.kind === kind))?.fault;
}

/** Whether it keeps what it is to keep, and recovers what it lacks of it. */
export const keepsItsDuty = (told: readonly ToldLies[]): boolean =>
  told.every(({ lies }) =>
    lies.every(
      ({ kind }) => kind === "delay" || kind === "refuse-handover" || kind === "attest-falsely",
    ),
  );

/** Whether it would serve a blob to readers as it is, sooner or later. */
export const servesHonestly = (told: readonly ToldLies[], blob: BlobNumber): boolean =>
  told.every(({ fault, lies }) =>
    lies.every(
      (lie) =>
        lie.kind !== "wrong-bytes" &&
        !isDropped(lie, blob, fault) &&
        !(lie.kind === "withhold" && lie.from === undefined && isOf(lie.blobs, blob, fault)),
    ),
  );

/** The fault that has the node pass over a request; undefined where it answers. */
export function silencedBy(
  told: readonly ToldLies[],
  request: WorkRequest,
  from: ActorId,
): number | undefined {
  if (told.length === 0 || !isForReaders(request)) return undefined;
  return faultWithholding(told, request.blob, from);
}

/** The fault that has the node give nothing of a blob to somebody; undefined where it gives it. */
export function faultWithholding(
  told: readonly ToldLies[],
  blob: BlobNumber,
  from: ActorId,
): number | undefined {
  const isWithheld = (fault: number) => (lie: Lie) =>
    lie.kind === "withhold" && isOf(lie.blobs, blob, fault) && isMeant(lie, from);
  return told.find(({ fault, lies }) => lies.some(isWithheld(fault)))?.fault;
}

/** The fault that has the node give nothing of any blob to somebody. */
export function faultSilencing(told: readonly ToldLies[], from: ActorId): number | undefined {
  const isSilent = (lie: Lie) =>
    lie.kind === "withhold" && lie.blobs === undefined && isMeant(lie, from);
  return told.find(({ lies }) => lies.some(isSilent))?.fault;
}

const isMeant = ({ from }: Extract<Lie, { kind: "withhold" }>, asker: ActorId): boolean =>
  from === undefined || from.includes(asker);

const NONE: readonly number[] = [];

/** Its answer, with what is stored for it, and the faults whose lies are in it. */
export function answerOf(
  told: readonly ToldLies[],
  request: WorkRequest,
  shelf: Shelf,
): { readonly answer: Answer; readonly bites: readonly number[] } {
  if (told.length === 0) return { answer: answerTo(request, shelf), bites: NONE };
  const signer = faultBehind(told, "sign-without-storing");
  const claim = signer === undefined ? undefined : pretended(request);
  if (claim !== undefined) return { answer: claim, bites: [signer as number] };
  const dropper = faultDropping(told, blobOf(request));
  if (dropper !== undefined) {
    const answer = pretended(request) ?? refusal(request.call, "not-found");
    return { answer, bites: [dropper] };
  }
  const answer = answerTo(request, shelf);
  const forger = faultBehind(told, "wrong-bytes");
  if (forger === undefined) return { answer, bites: [] };
  const lie = corrupted(answer, shelf.payload);
  return { answer: lie, bites: lie === answer ? [] : [forger] };
}

/** When the answer to a request of a client, or of a node, leaves at the earliest, and by whose fault. */
export function heldBackBy(
  told: readonly ToldLies[],
  request: WorkRequest | Extract<Request, { kind: "sync-shard" }>,
  isOfClient: () => boolean,
): { readonly delay: Duration; readonly fault: number } | undefined {
  for (const { fault, lies } of told) {
    for (const lie of lies) {
      if (lie.kind !== "delay") continue;
      const ofNode = request.kind === "get-metadata" ? lie.metadata : lie.symbols;
      return { delay: isOfClient() ? lie.clients : ofNode, fault };
    }
  }
  return undefined;
}

/** What a liar makes of an honest answer. */
function corrupted(answer: Answer, payload: Payload): Answer {
  switch (answer.kind) {
    case "metadata":
      return { ...answer, metadata: payload.forged(answer.metadata) };
    case "slivers":
      return { ...answer, slivers: payload.corrupted(answer.slivers) };
    case "symbols":
      // They come without proofs and are not told from garbage one by one: they count for nothing.
      return { ...answer, sources: 0 };
    case "recovery-symbols":
      return { ...answer, symbols: payload.symbols.corrupted(answer.symbols) };
    default:
      return answer;
  }
}

/** The answer of a node that signs for whatever it is sent, and keeps none of it. */
function pretended(request: WorkRequest): Answer | undefined {
  const { call } = request;
  switch (request.kind) {
    case "get-metadata-status":
      return { kind: "metadata-status", answer: true, call, stored: false };
    case "put-metadata":
      return { kind: "metadata-stored", answer: true, call };
    case "put-slivers":
      return { kind: "slivers-stored", answer: true, call };
    case "get-confirmation":
      return { kind: "confirmed", answer: true, call };
    default:
      return undefined;
  }
}

type ReaderRequest = Extract<
  WorkRequest,
  { kind: "get-metadata" | "get-slivers" | "get-symbols" | "get-recovery-symbols" }
>;

const isForReaders = (request: WorkRequest): request is ReaderRequest =>
  request.kind === "get-metadata" ||
  request.kind === "get-slivers" ||
  request.kind === "get-symbols" ||
  request.kind === "get-recovery-symbols";

function isOf(choice: BlobChoice | undefined, blob: BlobNumber, fault: number): boolean {
  if (choice === undefined) return true;
  if ("oldest" in choice) return blob < choice.oldest;
  // A hash of the number: all nodes of one fault withhold the same blobs, or none would be missing.
  let hash = Math.imul(blob ^ Math.imul(fault + 1, 0x9e3779b1), 0x85ebca77);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae3d);
  return (hash ^ (hash >>> 16)) >>> 0 < choice.share * 2 ** 32;
}
