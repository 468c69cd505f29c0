import { type CohortState, keepsDuty, ownedBy } from "./cohort-state.ts";
import { census } from "./coverage.ts";
import { lackingOf } from "./gaps.ts";
import { gapsInHand } from "./gaps-in-hand.ts";
import { countIn } from "./population.ts";
import type { Scene } from "./scene.ts";

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
