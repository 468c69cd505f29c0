import type { FactDetails } from "../engine/actor.ts";
import { type Distribution, sample } from "../engine/distribution.ts";
import type { RandomStream } from "../engine/random-streams.ts";
import type { Duration } from "../engine/sim-time.ts";
import type { WriteOutcome } from "../protocol/messages.ts";
import { type LedgerParameters, workOf } from "../protocol/parameters.ts";
import type { NodeState } from "./cohort-state.ts";
import { type Ground, Paths } from "./paths.ts";

/** What a sampled write is about. */
export interface WriteTask {
  readonly nodes: readonly NodeState[];
  /** Shards by member. */
  readonly shards: readonly number[];
  readonly blobBytes: number;
  readonly pairBytes: number;
  readonly metadataBytes: number;
  readonly writeQuorum: number;
  readonly ledger: LedgerParameters;
}

/** How a sampled write goes. */
export interface WriteSample {
  readonly outcome: WriteOutcome;
  readonly duration: Duration;
  readonly details: FactDetails;
  /** Nodes that stored it, and what each took. */
  readonly stored: ReadonlyMap<number, number>;
  readonly lost: readonly number[];
}

/**
 * A write carried out in one go, phase by phase: each ends when nodes of enough weight have answered. Its
 * times are drawn as message by message, but for permits, retries and links that are shared.
 */
export function sampleWrite(task: WriteTask, ground: Ground, random: RandomStream): WriteSample {
  const { nodes, shards, blobBytes, writeQuorum, ledger } = task;
  const { parameters, node: its, uplink, nodeDownlink, connectTimeout } = ground;
  const paths = new Paths(ground, random);
  const members = shards.flatMap((weight, node) => (weight > 0 ? [node] : []));
  const up = members.filter((node) => nodes[node]!.up);
  const lost = members.filter((node) => !nodes[node]!.up);
  const weight = up.reduce((sum, node) => sum + shards[node]!, 0);
  const quorumOf = (time: (node: number) => number) =>
    quorumAt(
      up.map((node) => ({ time: time(node), weight: shards[node]! })),
      writeQuorum,
    );
  const trip = (node: number, trips: number, slivers: number, answer: Distribution, bytes = 0) =>
    paths.roundTrips(node, nodes[node]!, trips) +
    paths.service(nodes[node]!, slivers, answer, bytes);
  const first = 1 + parameters.handshakeRoundTrips;
  const { status, metadata, store, confirm } = its.responseTime;

  const encode = workOf(parameters.encodeTime, blobBytes);
  const asked = parameters.statusCheck ? quorumOf((node) => trip(node, first, 0, status)) : 0;
  const isQuorate = weight >= writeQuorum;
  const statusTime = isQuorate ? asked : connectTimeout;
  const register = isQuorate ? sample(ledger.register, random) + parameters.registrationDelay : 0;
  const whole = (task.pairBytes * members.reduce((sum, node) => sum + shards[node]!, 0)) / uplink;
  const upload = isQuorate
    ? quorumOf((node) => {
        const bytes = shards[node]! * task.pairBytes;
        const crossing = bytes / (nodeDownlink * nodes[node]!.rate);
        const put = trip(node, 1, 1, metadata) + trip(node, 1, shards[node]!, store, bytes);
        return put + Math.max(crossing, whole);
      })
    : 0;
  const tail = isQuorate ? parameters.tail.factor * upload + parameters.tail.base : 0;
  const confirmed = isQuorate ? quorumOf((node) => trip(node, 1, 1, confirm)) : 0;
  const certify = isQuorate ? sample(ledger.certify, random) : 0;
  const phases = [encode, statusTime, register, upload, tail, confirmed, certify].map(Math.round);
  const [e, s, r, u, t, co, ce] = phases as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const stored = new Map<number, number>();
  if (isQuorate) {
    for (const node of up) {
      stored.set(node, shards[node]! * task.pairBytes + task.metadataBytes);
    }
  }
  return {
    outcome: isQuorate ? "ok" : "not-enough-status",
    duration: phases.reduce((sum, phase) => sum + phase, 0),
    stored,
    lost,
    details: {
      bytes: blobBytes,
      outcome: isQuorate ? "ok" : "not-enough-status",
      encodeMicroseconds: e,
      statusMicroseconds: s,
      registerMicroseconds: r,
      uploadMicroseconds: u,
      tailMicroseconds: t,
      confirmMicroseconds: co,
      certifyMicroseconds: ce,
      requests: isQuorate ? 4 * members.length : members.length,
      failedRequests: lost.length,
      bytesSent: [...stored.values()].reduce((sum, bytes) => sum + bytes, 0),
      weight: isQuorate ? weight : 0,
      reuploads: 0,
    },
  };
}

/** When answers of enough weight are in. */
function quorumAt(
  answers: readonly { readonly time: number; readonly weight: number }[],
  quorum: number,
): number {
  let weight = 0;
  for (const answer of [...answers].sort((a, b) => a.time - b.time)) {
    weight += answer.weight;
    if (weight >= quorum) return answer.time;
  }
  return 0;
}
