import { abandonSync } from "./abandon-sync.ts";
import type { BlobNumber, InconsistencyEvidence } from "./content.ts";
import { ask, resetCallsOf } from "./recovery-calls.ts";
import { backoff, type RecoveryDesk } from "./recovery-desk.ts";
import type { ProofRound } from "./recovery-state.ts";
import type { Answer } from "./requests.ts";

/**
 * A node that recovers slivers finds that the blob was encoded wrongly, and can prove it: it gives up the
 * blob and asks the other nodes, the heaviest first, to attest the proof.
 *
 * Left out: nothing is kept of a proof over a crash; the node recovers the blob again, and finds it again.
 */
export function startProof(evidence: InconsistencyEvidence, desk: RecoveryDesk): void {
  const { blob, axis } = evidence;
  const { context, state, node, placement } = desk;
  abandonSync(blob, desk);
  context.record("inconsistency-proven", { node, blob, axis });
  const weight = placement.weights(blob)[node] as number;
  const proof: ProofRound = {
    evidence,
    startedAt: context.now,
    attested: new Set([node]),
    weight,
    order: [],
    asked: 0,
    pauses: 0,
    isPosted: false,
  };
  state.proofs.set(blob, proof);
  startRound(proof, desk);
}

/** Asks all that have not attested yet. */
export function startRound(proof: ProofRound, desk: RecoveryDesk): void {
  const weights = desk.placement.weights(proof.evidence.blob);
  proof.order = [...weights.keys()]
    .filter((node) => (weights[node] as number) > 0 && !proof.attested.has(node))
    .sort((a, b) => (weights[a] as number) - (weights[b] as number) || b - a);
  goOn(proof, desk);
}

/** Takes the answer of one node, or none if it was refused, lost or too late. */
export function takeAttestation(
  proof: ProofRound,
  node: number,
  answer: Answer | undefined,
  desk: RecoveryDesk,
): void {
  const weight = desk.placement.weights(proof.evidence.blob)[node] as number;
  proof.asked -= weight;
  if (answer?.kind === "inconsistency-attested" && !proof.attested.has(node)) {
    proof.attested.add(node);
    proof.weight += weight;
  }
  goOn(proof, desk);
}

/** The chain has taken a proof, this node's or another's. */
export function endProof(blob: BlobNumber, desk: RecoveryDesk): void {
  if (desk.state.proofs.delete(blob)) resetCallsOf(blob, desk);
}

/** The committee has changed: attestations of the last one count no more, and what the node has proven is so still. */
export function proveToCommittee(proof: ProofRound, desk: RecoveryDesk): void {
  if (proof.isPosted) return;
  proof.attested.clear();
  proof.attested.add(desk.node);
  proof.weight = desk.placement.weights(proof.evidence.blob)[desk.node] as number;
  proof.asked = 0;
  proof.pauses = 0;
  startRound(proof, desk);
}

// Collects n - f though the contract asks for more than f only, as the node software does.
function goOn(proof: ProofRound, desk: RecoveryDesk): void {
  const { context, placement, ledger, node } = desk;
  const { evidence, startedAt, weight } = proof;
  const { blob } = evidence;
  if (proof.isPosted) return;
  if (weight >= placement.writeQuorum) {
    proof.isPosted = true;
    context.send(ledger, { kind: "invalidate", blob, node, weight, detectedAt: startedAt }, 0);
    return;
  }
  const weights = placement.weights(blob);
  while (proof.weight + proof.asked < placement.writeQuorum) {
    const asked = proof.order.pop();
    if (asked === undefined) break;
    proof.asked += weights[asked] as number;
    const range = { node: asked, first: 0, count: 0 };
    const requestOf = (call: number) => ({ kind: "put-proof", call, blob, evidence }) as const;
    ask("proofs", { blob, recovery: undefined, range }, requestOf, desk);
  }
  if (proof.asked > 0) return;
  const delay = backoff(proof.pauses++, desk);
  context.wake(delay, { kind: "prove-again", blob, startedAt });
}
