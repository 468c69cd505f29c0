import type { FactDetails } from "../engine/actor.ts";
import { sample } from "../engine/distribution.ts";
import type { RandomStream } from "../engine/random-streams.ts";
import type { Duration } from "../engine/sim-time.ts";
import type { WriteOutcome } from "../protocol/messages.ts";
import { workOf } from "../protocol/parameters.ts";
import { type Ground, Paths } from "./paths.ts";
import { sampleUpload, type UploadTask } from "./upload-sample.ts";

/** What a sampled write is about. */
export interface WriteTask extends UploadTask {
  readonly blobBytes: number;
  /** Weight that tells whether a blob is known, and that certifies it. */
  readonly answerQuorum: number;
  readonly writeQuorum: number;
  /** Whether the connection to a node is open. */
  isOpen(node: number): boolean;
}

/** How a sampled write goes. */
export interface WriteSample {
  readonly outcome: WriteOutcome;
  readonly duration: Duration;
  readonly details: FactDetails;
  /** What came to each node. */
  readonly received: ReadonlyMap<number, number>;
  /** Nodes that answered something, and those that were down. */
  readonly heard: readonly number[];
  readonly lost: readonly number[];
}

type Phase = "encode" | "status" | "register" | "upload" | "tail" | "confirm" | "certify";

/**
 * A write carried out in one go, phase by phase: each ends when nodes of enough weight have answered. Its
 * times are drawn as message by message, but for permits over all nodes and links shared with others.
 */
export function sampleWrite(task: WriteTask, ground: Ground, random: RandomStream): WriteSample {
  const { nodes, shards, blobBytes, pairBytes, metadataBytes, ledger, writeQuorum } = task;
  const { parameters, node: its } = ground;
  const paths = new Paths(ground, random);
  const members = shards.flatMap((weight, node) => (weight > 0 ? [node] : []));
  const up = members.filter((node) => nodes[node]!.up);
  const lost = members.filter((node) => !nodes[node]!.up);
  const spent: Partial<Record<Phase, Duration>> = {};
  const end = (outcome: WriteOutcome, weight: number, received: ReadonlyMap<number, number>) => {
    const isStored = received.size > 0;
    const messages = sum(members, (node) => messagesTo(shards[node]!, ground));
    const details = {
      bytes: blobBytes,
      outcome,
      ...microseconds(spent),
      requests: members.length * (isStored ? 4 : 1) + (isStored ? messages : 0),
      failedRequests: lost.length,
      bytesSent: isStored ? sum(up, (node) => shards[node]! * pairBytes + metadataBytes) : 0,
      weight,
      reuploads: 0,
    };
    const duration = Object.values(microseconds(spent)).reduce((all, each) => all + each, 0);
    return { outcome, duration, details, received, heard: up, lost };
  };

  spent.encode = workOf(parameters.encodeTime, blobBytes);
  const trips = (node: number) => (task.isOpen(node) ? 1 : 1 + parameters.handshakeRoundTrips);
  const statuses = answersOf(up, (node) => {
    const travel = paths.roundTrips(node, nodes[node]!, trips(node));
    return travel + paths.service(nodes[node]!, 0, its.responseTime.status, 0);
  });
  const asked = quorumOf(statuses, shards, Math.min(task.answerQuorum, writeQuorum));
  if (asked === undefined) {
    const slowest = Math.max(0, ...statuses.values());
    spent.status = lost.length > 0 ? Math.max(ground.connectTimeout, slowest) : slowest;
    return end("not-enough-status", 0, new Map());
  }
  spent.status = parameters.statusCheck ? asked.time : 0;
  spent.register = sample(ledger.register, random) + parameters.registrationDelay;

  // The first round trip opens a connection, be the rest too late for its purpose.
  const isOpen = (node: number) =>
    task.isOpen(node) ||
    (parameters.statusCheck && statuses.get(node)! / trips(node) <= asked.time);
  const sent = sampleUpload(task, up, isOpen, { ground, paths, random });
  const storing = new Map([...sent].map(([node, { time }]) => [node, time]));
  const upload = quorumOf(storing, shards, writeQuorum);
  if (upload === undefined) return end("not-enough-confirmations", 0, new Map());
  spent.upload = upload.time;
  // It ends when all have answered, or given up: who is down takes all its tries to.
  const whole = lost.length > 0 ? givingUpTakes(ground) : 0;
  const rest = Math.max(whole, ...storing.values()) - upload.time;
  spent.tail = Math.min(rest, parameters.tail.factor * upload.time + parameters.tail.base);
  const storedBy = upload.time + spent.tail;
  const holders = up.filter((node) => storing.get(node)! <= storedBy);
  const confirmations = answersOf(holders, (node) => {
    const travel = paths.roundTrips(node, nodes[node]!, 1);
    return travel + paths.service(nodes[node]!, 1, its.responseTime.confirm, 0);
  });
  const confirmed = quorumOf(confirmations, shards, writeQuorum)!;
  spent.confirm = confirmed.time;
  spent.certify = sample(ledger.certify, random);
  const receivedBy = (node: number) =>
    sum(sent.get(node)!.arrivals, ({ at, bytes }) => (at <= storedBy ? bytes : 0));
  return end("ok", confirmed.weight, new Map(up.map((node) => [node, receivedBy(node)])));
}

const microseconds = (spent: Readonly<Partial<Record<Phase, Duration>>>) => {
  const of = (phase: Phase) => Math.round(spent[phase] ?? 0);
  return {
    encodeMicroseconds: of("encode"),
    statusMicroseconds: of("status"),
    registerMicroseconds: of("register"),
    uploadMicroseconds: of("upload"),
    tailMicroseconds: of("tail"),
    confirmMicroseconds: of("confirm"),
    certifyMicroseconds: of("certify"),
  };
};

const answersOf = (
  nodes: readonly number[],
  time: (node: number) => Duration,
): ReadonlyMap<number, Duration> => new Map(nodes.map((node) => [node, time(node)]));

/** When answers of enough weight are in, and of how much; undefined if there are too few. */
function quorumOf(
  answers: ReadonlyMap<number, Duration>,
  shards: readonly number[],
  quorum: number,
): { readonly time: Duration; readonly weight: number } | undefined {
  let weight = 0;
  for (const [node, time] of [...answers].sort(([, a], [, b]) => a - b)) {
    weight += shards[node]!;
    if (weight >= quorum) return { time, weight };
  }
  return undefined;
}

// Metadata, and slivers a few at a time.
const messagesTo = (shards: number, { parameters: { nodeConnections } }: Ground): number =>
  Math.ceil(shards / Math.max(1, Math.floor(nodeConnections / 2)));

function givingUpTakes({ parameters: { backoff }, connectTimeout }: Ground): Duration {
  let time = connectTimeout;
  for (let retry = 0; retry < backoff.retries; retry++) {
    time += Math.min(backoff.max, backoff.min * 2 ** retry + backoff.jitter / 2) + connectTimeout;
  }
  return time;
}

const sum = <T>(of: readonly T[], each: (one: T) => number): number =>
  of.reduce((all, one) => all + each(one), 0);
