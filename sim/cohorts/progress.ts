import type { Axis } from "../codec/code.ts";
import type { SimTime } from "../engine/sim-time.ts";
import type { ActiveFlow, CohortState } from "./cohort-state.ts";
import { serves, shardsByNode } from "./cohort-state.ts";
import type { CohortParameters } from "./parameters.ts";
import { addCohort } from "./population.ts";

/** Carries everything that flows forward to a time, at the rates that were set last. */
export function carryForward(state: CohortState, parameters: CohortParameters, now: SimTime): void {
  const passed = now - state.at;
  if (passed <= 0) return;
  for (const flow of state.flows) advance(flow, state, passed);
  if (state.certifies) grow(state, parameters, now, passed);
  state.at = now;
}

function advance(flow: ActiveFlow, state: CohortState, passed: number): void {
  const its = state.nodes[flow.node]!;
  const gap = state.gaps.get(flow.gap);
  const before = progressOf(flow, state);
  const left = flow.until - before;
  // Without blobs there is no work. What rounding to whole microseconds leaves over is done too.
  const share = flow.share * flow.rate * passed;
  const isDone = flow.share === Number.POSITIVE_INFINITY || share > left - 1e-9;
  const done = isDone ? left : share;
  const units = flow.share === Number.POSITIVE_INFINITY ? 0 : done / flow.share;
  const bytes = units * flow.bytes;
  its.bytesReceived += bytes;
  giveBytes(flow, state, bytes);
  const after = isDone ? flow.until : before + done;
  if (gap === undefined) {
    its.metadata = after;
    return;
  }
  for (const axis of axesOf(flow)) gap[axis] = after;
  gap.progressAt = state.at + passed;
  if (flow.source >= 0) {
    gap.slivers += units;
    gap.bytes += bytes;
  } else {
    gap.recoveredSlivers += units * flow.slivers;
    gap.recoveryBytes += bytes;
  }
}

function progressOf(flow: ActiveFlow, { gaps, nodes }: CohortState): number {
  const gap = gaps.get(flow.gap);
  return gap === undefined ? nodes[flow.node]!.metadata : gap[axesOf(flow)[0]!];
}

const axes = {
  both: ["primary", "secondary"],
  primary: ["primary"],
  secondary: ["secondary"],
  metadata: [],
} as const;

const axesOf = ({ work }: ActiveFlow): readonly Axis[] => axes[work];

// What a node receives others have sent: one, or all helpers by the shards they serve.
function giveBytes(flow: ActiveFlow, state: CohortState, bytes: number): void {
  if (flow.source >= 0) {
    state.nodes[flow.source]!.bytesSent += bytes;
    return;
  }
  const weights = shardsByNode(state.owners, state.nodes.length).map(({ length }, node) =>
    node !== flow.node && serves(state.nodes[node]!) ? length : 0,
  );
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  weights.forEach((weight, node) => {
    if (weight > 0) state.nodes[node]!.bytesSent += (bytes * weight) / all;
  });
}

function grow(
  state: CohortState,
  parameters: CohortParameters,
  now: SimTime,
  passed: number,
): void {
  const { population, epoch } = state;
  parameters.growth.forEach(({ rate, sizes, lifetime }, demand) => {
    population.growing[demand] ??= addCohort(population, {
      sizes,
      from: state.at,
      endEpoch: epoch + lifetime,
    });
    const cohort = population.growing[demand];
    cohort.to = now;
    cohort.count += rate * passed;
  });
}

/** How long until the first flow has done all it can. */
export function nextDone(state: CohortState): number {
  let first = Number.POSITIVE_INFINITY;
  for (const flow of state.flows) {
    if (flow.share === Number.POSITIVE_INFINITY) return 0;
    const left = flow.until - progressOf(flow, state);
    if (flow.rate > 0) first = Math.min(first, left / (flow.rate * flow.share));
  }
  return first;
}
