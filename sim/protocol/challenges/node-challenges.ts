import type { ActorId } from "../../engine/actor.ts";
import type { WorkRequest } from "../node-answers.ts";
import { faultBehind, faultDropping } from "../node-behaviour.ts";
import {
  type ChallengeDesk,
  FRAMING,
  type NodeChallengeState,
  type OwnChallenge,
  ownBlobs,
  weightOf,
} from "./challenge-desk.ts";
import type { ChallengeMessage } from "./challenge-messages.ts";
import { askOthers, gather } from "./gather-symbols.ts";
import { isConvincing, prepare, sendAll } from "./show-symbols.ts";

const CERTIFICATE_BYTES = 400;

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
