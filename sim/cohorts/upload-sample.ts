import { sample } from "../engine/distribution.ts";
import type { RandomStream } from "../engine/random-streams.ts";
import type { Duration } from "../engine/sim-time.ts";
import type { Ground, Paths } from "./paths.ts";
import type { WriteTask } from "./write-sample.ts";

/** When a node has stored all, from the beginning of the upload on, and what it took for that. */
export interface Storing {
  readonly time: Duration;
  readonly bytes: number;
}

/** The upload to each node that is up. */
export function sampleUpload(
  { nodes, shards, pairBytes, metadataBytes, ledger }: WriteTask,
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
    let [now, tries] = [0, 1];
    // Metadata goes first, again and again until the node has heard that the blob is registered.
    for (; ; tries++) {
      const trips = tries === 1 && !isOpen(node) ? 1 + parameters.handshakeRoundTrips : 1;
      const travel = paths.roundTrips(node, there, trips);
      const arrival = now + travel * (1 - 0.5 / trips);
      now += travel + paths.service(there, 1, its.responseTime.metadata, 0);
      if (arrival >= seenAfter || tries > parameters.backoff.retries) break;
      const { min, max, jitter } = parameters.backoff;
      now += Math.min(max, min * 2 ** (tries - 1) + jitter * random());
    }
    for (let left = shards[node]!; left > 0; left -= pairsAtOnce) {
      const pairs = Math.min(left, pairsAtOnce);
      now += paths.roundTrips(node, there, 1);
      now += paths.service(there, pairs, its.responseTime.store, pairs * pairBytes);
    }
    const alone = bytesOf(node) / (nodeDownlink * there.rate);
    const bytes = bytesOf(node) + (tries - 1) * metadataBytes;
    upload.set(node, { time: now + Math.max(alone, crossings[index]!), bytes });
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
