import { sample } from "../engine/distribution.ts";
import type { RandomStream } from "../engine/random-streams.ts";
import type { Duration } from "../engine/sim-time.ts";
import type { LedgerParameters } from "../protocol/parameters.ts";
import type { NodeState } from "./cohort-state.ts";
import type { Ground, Paths } from "./paths.ts";

/** What is uploaded to whom. */
export interface UploadTask {
  readonly nodes: readonly NodeState[];
  /** Shards by member. */
  readonly shards: readonly number[];
  readonly pairBytes: number;
  readonly metadataBytes: number;
  readonly ledger: LedgerParameters;
}

/** The upload to one node; all times from the beginning of the upload on. */
export interface Storing {
  /** When it has stored all. */
  readonly time: Duration;
  /** What comes to it when. */
  readonly arrivals: readonly { readonly at: Duration; readonly bytes: number }[];
}

/** The upload to each node that is up. */
export function sampleUpload(
  { nodes, shards, pairBytes, metadataBytes, ledger }: UploadTask,
  up: readonly number[],
  isOpen: (node: number) => boolean,
  { ground, paths, random }: { ground: Ground; paths: Paths; random: RandomStream },
): ReadonlyMap<number, Storing> {
  const { parameters, node: its, uplink, nodeDownlink } = ground;
  // A node takes so many sliver requests at once; a pair is two.
  const pairsAtOnce = Math.max(1, Math.floor(parameters.nodeConnections / 2));
  const bytesOf = (node: number) => metadataBytes + shards[node]! * pairBytes;
  const crossings = shared(up.map(bytesOf), uplink);
  const upload = new Map<number, Storing>();
  up.forEach((node, index) => {
    const there = nodes[node]!;
    const seenAfter = sample(ledger.propagation, random) - parameters.registrationDelay;
    const opening = isOpen(node) ? 0 : parameters.handshakeRoundTrips;
    // Whether it has the metadata: it never does.
    let now = paths.roundTrips(node, there, opening + 1);
    now += paths.service(there, 0, its.responseTime.status, 0);
    // Metadata goes first, again and again until the node has heard that the blob is registered.
    const arrivals: { at: Duration; bytes: number }[] = [];
    for (let tries = 1; ; tries++) {
      const travel = paths.roundTrips(node, there, 1);
      const arrival = now + travel / 2;
      arrivals.push({ at: arrival, bytes: metadataBytes });
      now += travel + paths.service(there, 1, its.responseTime.metadata, 0);
      if (arrival >= seenAfter || tries > parameters.backoff.retries) break;
      const { min, max, jitter } = parameters.backoff;
      now += Math.min(max, min * 2 ** (tries - 1) + jitter * random());
    }
    for (let left = shards[node]!; left > 0; left -= pairsAtOnce) {
      const pairs = Math.min(left, pairsAtOnce);
      const travel = paths.roundTrips(node, there, 1);
      arrivals.push({ at: now + travel / 2, bytes: pairs * pairBytes });
      now += travel + paths.service(there, pairs, its.responseTime.store, pairs * pairBytes);
    }
    const alone = bytesOf(node) / (nodeDownlink * there.rate);
    upload.set(node, { time: now + Math.max(alone, crossings[index]!), arrivals });
  });
  return upload;
}

/** When each of several streams that begin together has crossed a link that they share alike. */
function shared(bytes: readonly number[], rate: number): Duration[] {
  const sorted = [...bytes].sort((a, b) => a - b);
  const ends = new Map<number, Duration>();
  let [crossed, before] = [0, 0];
  sorted.forEach((size, index) => {
    crossed += (size - before) * (sorted.length - index);
    before = size;
    ends.set(size, crossed / rate);
  });
  return bytes.map((size) => ends.get(size)!);
}
