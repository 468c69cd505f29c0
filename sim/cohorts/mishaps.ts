import type { Mishap } from "../protocol/messages.ts";
import { withLies } from "../protocol/node-behaviour.ts";
import { addGap } from "./add-gap.ts";
import { noteSigning, tellSigned } from "./bites.ts";
import { keepsDuty, shardsByNode } from "./cohort-state.ts";
import { conductOf } from "./conduct.ts";
import { beginScan, loseDisk, noticeLoss } from "./disk-loss.ts";
import { setStatus } from "./node-life.ts";
import { countIn } from "./population.ts";
import type { Scene } from "./scene.ts";
import { resumeSyncs } from "./shard-sync.ts";

/** What befalls a storage node changes what it holds and what it does about that. */
export function befall(node: number, mishap: Mishap, scene: Scene): void {
  const its = scene.state.nodes[node]!;
  const didItsDuty = keepsDuty(its);
  tellSigned(node, scene);
  switch (mishap.kind) {
    case "crash":
      its.up = false;
      openGaps(node, scene);
      break;
    case "restart":
      if (its.isGone) break;
      its.up = true;
      if (its.conduct.stores) closeOpenGaps(node, scene);
      if (its.damagedBy >= 0) noticeLoss(node, scene);
      break;
    case "lose-disk":
      loseDisk(node, mishap, scene);
      break;
    case "behave":
      its.conduct = conductOf(withLies(its.conduct.told, mishap.fault, mishap.lies));
      if (!its.conduct.stores) openGaps(node, scene);
      else if (its.up) closeOpenGaps(node, scene);
      break;
    case "slow-service":
      its.slowness = mishap.factor;
      its.slownessFault = mishap.fault;
      break;
  }
  noteSigning(its, scene);
  if (!didItsDuty && keepsDuty(its)) resumeSyncs(node, scene.state);
}

/** From now on blobs are certified without the node. */
function openGaps(node: number, scene: Scene): void {
  const { state } = scene;
  const its = state.nodes[node]!;
  if (its.openGaps.length > 0) return;
  its.epochDown = state.epoch;
  openGap(node, shardsByNode(state.owners, state.nodes.length)[node]!, scene);
}

/** The same for some of its shards. */
export function openGap(node: number, shards: number[], scene: Scene): void {
  const { at, nodes } = scene.state;
  const to = Number.POSITIVE_INFINITY;
  const gap = addGap(
    { node, shards, origin: "missed", remedy: "none", from: at, to, readyAt: at },
    scene.state,
  );
  nodes[node]!.openGaps.push(gap.id);
}

/** The node stores again, and sets about what it missed. */
function closeOpenGaps(node: number, scene: Scene): void {
  const { state, parameters } = scene;
  const its = state.nodes[node]!;
  // One that has missed a whole epoch goes over everything, when it has caught up with the events.
  const isLong = its.epochDown + 1 < state.epoch;
  const deferral = parameters.node.recovery?.deferral.large ?? 0;
  for (const id of its.openGaps) {
    const gap = state.gaps.get(id)!;
    gap.to = state.at;
    const blobs = countIn(state.population, gap.from, gap.to);
    if (blobs === 0 || gap.shards.length === 0) {
      state.gaps.delete(id);
      continue;
    }
    gap.remedy = isLong ? "scan" : "sync";
    gap.readyAt = state.at + (isLong ? 0 : deferral);
    if (isLong) beginScan(node, blobs, scene);
    else setStatus(node, "catch-up", scene);
  }
  its.openGaps = [];
}
