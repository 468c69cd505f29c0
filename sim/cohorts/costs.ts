import type { Axis } from "../codec/code.ts";
import { redStuffLayout, redStuffShape } from "../codec/red-stuff/shape.ts";
import { meanOf } from "../engine/distribution.ts";
import type { Duration } from "../engine/sim-time.ts";
import { recoverySymbolBytes, SLIVER_HEADER_BYTES } from "../protocol/message-bytes.ts";
import type { CohortState } from "./cohort-state.ts";
import { serves } from "./cohort-state.ts";
import type { CohortParameters } from "./parameters.ts";
import { meanOver } from "./size-classes.ts";

/** Means over the blobs of each size distribution, in bytes. Linear in nothing: symbols grow in steps. */
export interface SizeMeans {
  readonly blob: readonly number[];
  readonly primary: readonly number[];
  readonly secondary: readonly number[];
  /** A recovery symbol with its proof. */
  readonly symbol: readonly number[];
  readonly metadata: number;
}

export function sizeMeans({ sizes, shardCount }: CohortParameters): SizeMeans {
  const shape = redStuffShape(shardCount);
  const layout = (bytes: number) => redStuffLayout(shape, bytes);
  const each = (of: (bytes: number) => number) => sizes.map((classes) => meanOver(classes, of));
  return {
    blob: each((bytes) => bytes),
    primary: each((bytes) => layout(bytes).primaryBytes + SLIVER_HEADER_BYTES),
    secondary: each((bytes) => layout(bytes).secondaryBytes + SLIVER_HEADER_BYTES),
    symbol: each((bytes) => recoverySymbolBytes(layout(bytes).symbolBytes, shardCount)),
    metadata: layout(1).metadataBytes,
  };
}

/** Recovery symbols that one sliver takes from others: each of another shard's other axis. */
export function symbolsNeeded(parameters: CohortParameters, axis: Axis): number {
  return axis === "primary" ? parameters.secondaryNeeded : parameters.primaryNeeded;
}

/** Round trip to the slowest of the nodes that are asked when each is asked with that chance. */
export function slowestRoundTrip(
  state: CohortState,
  { roundTrips, members }: CohortParameters,
  node: number,
  chance: number,
): Duration {
  const times: number[] = [];
  const isMember = new Set(state.owners);
  members.forEach((_, other) => {
    const there = state.nodes[other]!;
    if (other !== node && isMember.has(other) && serves(there)) {
      times.push(roundTrips[node]![other]! * there.delay);
    }
  });
  times.sort((a, b) => b - a);
  let noneYet = 1;
  let mean = 0;
  for (const time of times) {
    mean += noneYet * chance * time;
    noneYet *= 1 - chance;
  }
  return mean;
}

/** Mean round trip to a member that serves. */
export function meanRoundTrip(
  state: CohortState,
  { roundTrips }: CohortParameters,
  node: number,
): Duration {
  let sum = 0;
  let count = 0;
  for (const other of new Set(state.owners)) {
    if (other < 0 || other === node || !serves(state.nodes[other]!)) continue;
    sum += roundTrips[node]![other]!;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

/** Times already worked out, for as long as no node changes. What is remembered changes no result. */
const known = new WeakMap<
  CohortParameters,
  { whose: string; readonly times: Map<string, number> }
>();

/** How long one blob takes a node, from metadata to slivers on the disk, when nothing is scarce. */
export function timeForBlob(
  ...work: [CohortState, CohortParameters, number, "both" | Axis, number, boolean]
): Duration {
  const [state, parameters, ...rest] = work;
  const whose = `${state.epoch} ${state.nodes.map((node) => `${serves(node)} ${node.up} ${node.delay} ${node.slowness}`).join()}`;
  let memory = known.get(parameters);
  if (memory?.whose !== whose) {
    memory = { whose, times: new Map() };
    known.set(parameters, memory);
  }
  const key = rest.join();
  const time = memory.times.get(key) ?? workOutTime(...work);
  memory.times.set(key, time);
  return time;
}

function workOutTime(
  state: CohortState,
  parameters: CohortParameters,
  node: number,
  work: "both" | Axis,
  shards: number,
  needsMetadata: boolean,
): Duration {
  const { node: its, pace, shardCount, connectTimeout } = parameters;
  const { slowness, delay } = state.nodes[node]!;
  const core = meanOf(its.coreTime);
  const needed = symbolsNeeded(parameters, work === "secondary" ? "secondary" : "primary");
  const chance = Math.min(1, needed / shardCount);
  const metadata = needsMetadata
    ? meanRoundTrip(state, parameters, node) + core + meanOf(its.responseTime.metadata)
    : 0;
  const perHelper = Math.ceil(shardCount / Math.max(1, new Set(state.owners).size));
  const serving = core * Math.ceil(perHelper / its.cores) + meanOf(its.responseTime.serve);
  const storing = core * Math.ceil(shards / its.cores) + meanOf(its.responseTime.store);
  const down = new Set(state.owners.filter((owner) => !(state.nodes[owner]?.up ?? true))).size;
  const waiting = connectTimeout * (1 - (1 - chance) ** down);
  const slowest = slowestRoundTrip(state, parameters, node, chance);
  return metadata + slowest * delay + serving + waiting + (storing + pace.recovery) * slowness;
}
