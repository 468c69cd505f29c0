import type { Axis } from "../codec/code.ts";
import type { Duration, SimTime } from "../engine/sim-time.ts";
import type { ActiveFlow, CohortState } from "./cohort-state.ts";
import { serves, shardsByNode } from "./cohort-state.ts";
import type { CohortParameters } from "./parameters.ts";
import { growCohort, grownBy } from "./population.ts";

/** Carries everything that flows forward to a time, at the rates that were set last. */
export function carryForward(state: CohortState, parameters: CohortParameters, now: SimTime): void {
  const passed = now - state.at;
  if (passed <= 0) return;
  for (const flow of state.flows) advance(flow, state, passed);
  state.population.growing.forEach((cohort, demand) => {
    growCohort(cohort, parameters.growth[demand]!, passed);
  });
  state.at = now;
}

/** How it stands at a later instant, if nothing happens until then. The state itself stays as it is. */
export function asOf(
  state: CohortState,
  { growth }: Pick<CohortParameters, "growth">,
  now: SimTime,
): CohortState {
  const passed = now - state.at;
  if (passed <= 0) return state;
  const gaps = new Map(state.gaps);
  for (const flow of state.flows) {
    const gap = gaps.get(flow.gap);
    if (gap === undefined) continue;
    const { after } = reach(flow, progressOf(flow, state), passed);
    gaps.set(gap.id, { ...gap, ...Object.fromEntries(axesOf(flow).map((axis) => [axis, after])) });
  }
  return { ...state, at: now, gaps, population: grownBy(state.population, growth, passed) };
}

function advance(flow: ActiveFlow, state: CohortState, passed: number): void {
  const its = state.nodes[flow.node]!;
  const gap = state.gaps.get(flow.gap);
  const { after, units } = reach(flow, progressOf(flow, state), passed);
  const bytes = units * flow.bytes;
  its.bytesReceived += bytes;
  giveBytes(flow, state, bytes);
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
    if (gap.origin === "gained") return; // Of a shard sync it is told at its end.
    if (its.recoveredBytes === 0) its.recoveredSince = state.at;
    its.recoveredBytes += bytes;
  }
}

// How far a flow gets, and how many units that takes.
function reach(
  { share: perUnit, rate, until }: ActiveFlow,
  before: number,
  passed: Duration,
): { readonly after: number; readonly units: number } {
  // Without blobs there is no work.
  if (perUnit === Number.POSITIVE_INFINITY) return { after: until, units: 0 };
  const left = until - before;
  const share = perUnit * rate * passed;
  // What rounding to whole microseconds leaves over is done too.
  if (share > left - 1e-9) return { after: until, units: left / perUnit };
  return { after: before + share, units: share / perUnit };
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
