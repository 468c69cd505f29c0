import type { FactDetails } from "../engine/actor.ts";
import type { RandomStream } from "../engine/random-streams.ts";
import type { Duration } from "../engine/sim-time.ts";
import type { ReadOutcome } from "../protocol/messages.ts";
import { workOf } from "../protocol/parameters.ts";
import type { NodeState } from "./cohort-state.ts";
import type { Holders } from "./holders.ts";
import { type Ground, Paths, shuffled } from "./paths.ts";

/** What a sampled read asks for. */
export interface ReadTask {
  readonly holders: Holders;
  readonly nodes: readonly NodeState[];
  readonly blobBytes: number;
  readonly primaryBytes: number;
  readonly metadataBytes: number;
  readonly primaryNeeded: number;
  /** Nodes that weigh as much hold one that is honest: no more are asked for metadata. */
  readonly answerQuorum: number;
  /** Whether the connection to a node is open. */
  isOpen(node: number): boolean;
}

/** How a sampled read goes. */
export interface ReadSample {
  readonly outcome: ReadOutcome;
  readonly duration: Duration;
  readonly details: FactDetails;
  /** Nodes that answered in time. */
  readonly heard: readonly number[];
  /** What each has sent, and how much of that came when nobody waited for it any more. */
  readonly sent: ReadonlyMap<number, Sent>;
  /** Nodes that were asked, and those of them that were down. */
  readonly asked: readonly number[];
  readonly lost: readonly number[];
}

export interface Sent {
  readonly bytes: number;
  readonly late: number;
}

interface Try {
  readonly node: number;
  readonly endsAt: number;
  /** What it sends, how long that takes, and how long a round trip does. */
  readonly bytes: number;
  readonly crossing: Duration;
  readonly roundTrip: Duration;
  readonly asked: number;
  readonly came: number;
  readonly valid: number;
  readonly isLost: boolean;
}

/**
 * A read carried out in one go: metadata from the first of a few nodes; primary slivers through a window
 * of as many as reconstruct the blob over all shards in random order, the shards of a node side by side,
 * every settled sliver opening the next. The times are drawn as message by message; only that links and
 * cores are shared with nobody else.
 */
export function sampleRead(task: ReadTask, ground: Ground, random: RandomStream): ReadSample {
  const paths = new Paths(ground, random);
  const members = task.holders.shards.flatMap((weight, node) => (weight > 0 ? [node] : []));
  const reader = new Reader(task, ground, paths, shuffled(members, random));
  const metadata = reader.metadata();
  if (metadata === undefined) return reader.end("metadata-unavailable", 0, 0);
  const slivers = reader.slivers(metadata);
  if (slivers === undefined) return reader.end("not-enough-slivers", metadata, 0);
  const decoding = workOf(ground.parameters.decodeTime, task.blobBytes);
  return reader.end("ok", metadata, decoding);
}

class Reader {
  readonly #task: ReadTask;
  readonly #ground: Ground;
  readonly #paths: Paths;
  readonly #order: readonly number[];
  readonly #heard = new Set<number>();
  readonly #sent = new Map<number, Sent>();
  readonly #asked: number[] = [];
  readonly #lost: number[] = [];
  #now = 0;
  #failed = 0;
  #received = 0;
  #valid = 0;
  /** When the client's own link has taken in what came so far. */
  #linkFreeAt = 0;

  constructor(task: ReadTask, ground: Ground, paths: Paths, order: readonly number[]) {
    this.#task = task;
    this.#ground = ground;
    this.#paths = paths;
    this.#order = order;
  }

  /** When the metadata is there. */
  metadata(): number | undefined {
    const { holders, answerQuorum } = this.#task;
    let weight = 0;
    const candidates = this.#order.filter((node) => {
      const isCandidate = weight < answerQuorum;
      weight += holders.shards[node]!;
      return isCandidate;
    });
    const open: Try[] = [];
    let next = 0;
    const ask = () => {
      const node = candidates[next++];
      if (node !== undefined) open.push(this.#try(node, 0));
    };
    for (let i = 0; i < this.#ground.parameters.metadataReads; i++) ask();
    for (let settled = takeFirst(open); settled !== undefined; settled = takeFirst(open)) {
      this.#settle(settled);
      if (settled.valid > 0) {
        this.#reset(open);
        return this.#now;
      }
      ask();
    }
    return undefined;
  }

  /** When the last sliver that it takes is there. */
  slivers(from: number): number | undefined {
    const { holders, primaryNeeded, primaryBytes } = this.#task;
    const { parameters } = this.#ground;
    this.#now = from;
    const inFlight = Math.floor(parameters.dataInFlight / primaryBytes);
    const window = Math.max(1, Math.min(parameters.sliverReads ?? primaryNeeded, inFlight));
    const open: Try[] = [];
    let waiting = 0;
    let member = 0;
    let position = 0;
    for (;;) {
      while (waiting < window && member < this.#order.length) {
        const node = this.#order[member]!;
        const count = Math.min(holders.shards[node]! - position, window - waiting);
        open.push(this.#try(node, count, position));
        waiting += count;
        position += count;
        if (position < holders.shards[node]!) continue;
        member++;
        position = 0;
      }
      const settled = takeFirst(open);
      if (settled === undefined) return undefined;
      this.#settle(settled);
      waiting -= settled.asked;
      this.#received += settled.came;
      this.#valid += settled.valid;
      if (this.#valid >= primaryNeeded) {
        this.#reset(open);
        return this.#now;
      }
    }
  }

  // A request for metadata (no slivers) or for some of the slivers that a node is to hold.
  #try(node: number, count: number, position = 0): Try {
    const { nodes, holders, primaryBytes } = this.#task;
    const { parameters, connectTimeout, nodeUplink, downlink, node: its } = this.#ground;
    const state = nodes[node]!;
    this.#asked.push(node);
    if (!state.up) {
      this.#lost.push(node);
      return this.#silence(node, count, connectTimeout, true);
    }
    if (!state.conduct.serves && !state.conduct.forges) {
      return this.#silence(node, count, parameters.requestTimeout, false);
    }
    const isOpen = this.#task.isOpen(node) || this.#heard.has(node);
    const trips = isOpen ? 1 : 1 + parameters.handshakeRoundTrips;
    const isMetadata = count === 0;
    // Its lowest positions are the ones it holds: which ones it lacks is all the same to a reader.
    const held = Math.max(0, Math.min(count, holders.held[node]! - position));
    const sliverBytes = held * primaryBytes;
    const isThere = Number(holders.held[node]! > 0);
    const bytes = isMetadata ? isThere * this.#task.metadataBytes : sliverBytes;
    const answer = isMetadata ? its.responseTime.metadata : its.responseTime.serve;
    const travel = this.#paths.roundTrips(node, state, trips);
    const service = this.#paths.service(state, Math.max(1, held), answer, sliverBytes);
    const crossing = bytes / Math.min(nodeUplink * state.rate, downlink);
    const valid = state.conduct.forges ? 0 : isMetadata ? isThere : held;
    return {
      node,
      endsAt: this.#now + travel + service + crossing,
      asked: count,
      came: held,
      valid,
      isLost: false,
      bytes,
      crossing,
      roundTrip: travel / trips,
    };
  }

  #silence(node: number, asked: number, delay: Duration, isLost: boolean): Try {
    return {
      node,
      endsAt: this.#now + delay,
      asked,
      came: 0,
      valid: 0,
      isLost,
      bytes: 0,
      crossing: 0,
      roundTrip: 0,
    };
  }

  // Nobody waits any more: what is under way stops when the nodes hear of it.
  #reset(open: readonly Try[]): void {
    for (const { node, endsAt, bytes, crossing, roundTrip } of open) {
      const begun = this.#now + roundTrip - (endsAt - crossing);
      if (begun <= 0) continue;
      const late = bytes * Math.min(1, begun / Math.max(1, crossing));
      this.#send(node, { bytes: late, late });
    }
  }

  #send(node: number, { bytes, late }: Sent): void {
    const before = this.#sent.get(node) ?? { bytes: 0, late: 0 };
    this.#sent.set(node, { bytes: before.bytes + bytes, late: before.late + late });
  }

  #settle(settled: Try): void {
    const { bytes } = settled;
    this.#linkFreeAt = Math.max(this.#linkFreeAt, settled.endsAt) + bytes / this.#ground.downlink;
    this.#now = Math.max(this.#now, bytes > 0 ? this.#linkFreeAt : settled.endsAt);
    if (settled.valid === 0 || settled.valid < settled.came) this.#failed++;
    if (settled.isLost) return;
    this.#heard.add(settled.node);
    this.#send(settled.node, { bytes, late: 0 });
  }

  end(outcome: ReadOutcome, metadataAt: number, decoding: number): ReadSample {
    const { blobBytes, primaryBytes, primaryNeeded } = this.#task;
    const whole = Math.round(this.#now);
    const first = outcome === "metadata-unavailable" ? whole : Math.round(metadataAt);
    return {
      outcome,
      duration: whole + decoding,
      heard: [...this.#heard],
      sent: this.#sent,
      asked: this.#asked,
      lost: this.#lost,
      details: {
        kind: "whole",
        bytes: outcome === "metadata-unavailable" ? 0 : blobBytes,
        outcome,
        metadataMicroseconds: first,
        sliversMicroseconds: whole - first,
        decodeMicroseconds: decoding,
        requests: this.#asked.length,
        failedRequests: this.#failed,
        sliversReceived: this.#received,
        bytesReceived: this.#received * primaryBytes,
        cause:
          outcome === "not-enough-slivers"
            ? `${this.#valid} of ${primaryNeeded} slivers from ${this.#order.length} nodes`
            : outcome === "metadata-unavailable"
              ? `none of ${this.#asked.length} nodes gave metadata that verifies`
              : "",
      },
    };
  }
}

/** Takes out what settles first; of those that settle together, what was asked first. */
function takeFirst(open: Try[]): Try | undefined {
  let first = 0;
  for (let index = 1; index < open.length; index++) {
    if (open[index]!.endsAt < open[first]!.endsAt) first = index;
  }
  return open.length === 0 ? undefined : open.splice(first, 1)[0];
}
