import { minutes } from "../engine/sim-time.ts";
import { type CohortState, keepsDuty, ownedBy } from "./cohort-state.ts";
import { census, unavailableBlobs } from "./coverage.ts";
import { lackingOf } from "./gaps.ts";
import { countIn } from "./population.ts";
import type { Scene } from "./scene.ts";
import { gapsInHand } from "./work.ts";

/** While blobs cannot be read, how many is looked at again after at most this. */
export const SPAN_STEP = minutes(10);

/** What is readable, by how much, and what the nodes are at. */
export function recordHealth(scene: Scene): void {
  const { state, parameters, context } = scene;
  const { deciles, ...found } = census(state, parameters);
  const rounded = Object.fromEntries(
    Object.entries(found).map(([name, value]) => [name, Math.round(value)]),
  );
  const byMargin = Object.fromEntries(
    deciles.map((blobs, decile) => [`m${decile}`, Math.round(blobs)]),
  );
  context.record("health", {
    ...rounded,
    ...byMargin,
    ...shardsByState(state),
    backlogSlivers: Math.round(backlog(state)),
  });
}

function shardsByState({ owners, nodes, gaps }: CohortState) {
  const gained = new Set<number>();
  const recovering = new Set<number>();
  for (const gap of gaps.values()) {
    const into = gap.remedy === "transfer" ? gained : recovering;
    for (const shard of gap.shards) if (owners[shard] === gap.node) into.add(shard);
  }
  const counts = {
    shardsActive: 0,
    shardsSyncing: 0,
    shardsRecovering: 0,
    shardsDown: 0,
    shardsLying: 0,
  };
  owners.forEach((owner, shard) => {
    const { up, conduct } = nodes[owner]!;
    if (!up) counts.shardsDown++;
    else if (!conduct.keeps) counts.shardsLying++;
    else if (gained.has(shard)) counts.shardsSyncing++;
    else if (recovering.has(shard)) counts.shardsRecovering++;
    else counts.shardsActive++;
  });
  return counts;
}

/** Slivers that are missing on honest nodes that are up. */
export function backlog(state: CohortState): number {
  let slivers = 0;
  for (const gap of state.gaps.values()) {
    if (!keepsDuty(state.nodes[gap.node]!)) continue;
    for (const axis of ["primary", "secondary"] as const) {
      const { from, to, idFrom, idTo } = lackingOf(gap, axis, state.at);
      const blobs = countIn(state.population, from, to) * Math.max(0, idTo - idFrom);
      slivers += blobs * ownedBy(gap, state.owners);
    }
  }
  return slivers;
}

/** Adds up for how long how many blobs could not be read, until now. */
export function countSpan(scene: Scene, before: number): void {
  const { state, parameters } = scene;
  const { span } = state;
  if (span === undefined) return;
  const now = unavailableBlobs(state, parameters);
  span.blobTime += ((state.unavailable + now) / 2) * (state.at - before);
  span.blobsMax = Math.max(span.blobsMax, now);
}

/** After a change: a span begins, goes on or ends. */
export function lookForSpan(scene: Scene): void {
  const { state, parameters } = scene;
  state.unavailable = unavailableBlobs(state, parameters);
  if (state.unavailable > 0) {
    state.span ??= { from: state.at, blobTime: 0, blobsMax: 0 };
    state.span.blobsMax = Math.max(state.span.blobsMax, state.unavailable);
  } else {
    endSpan(scene);
  }
}

export function endSpan({ state, context }: Scene): void {
  const { span } = state;
  if (span === undefined) return;
  state.span = undefined;
  context.record("unavailable-span", {
    from: span.from,
    to: state.at,
    blobSeconds: span.blobTime / 1e6,
    blobsMax: Math.round(span.blobsMax),
  });
}

/** What is left when the horizon is reached, and why. */
export function recordAudit(scene: Scene): void {
  const { state, parameters, context } = scene;
  const { blobs, lost, unavailable, incomplete } = census(state, parameters);
  const isStalled = state.flows.every(({ rate }) => rate === 0);
  const isAttempted = gapsInHand(state, parameters).length > 0;
  const reason = isAttempted ? "too few helpers" : "nobody is at it";
  context.record("audit", {
    blobs: Math.round(blobs),
    lost: Math.round(lost),
    unavailable: Math.round(unavailable),
    incomplete: Math.ceil(incomplete),
    backlogSlivers: Math.round(backlog(state)),
    why: incomplete === 0 ? "whole" : isStalled ? reason : "still being recovered",
  });
}
