import type { Mishap } from "../protocol/messages.ts";
import { withLies } from "../protocol/node-behaviour.ts";
import type { CohortState } from "./cohort-state.ts";
import { conductOf } from "./conduct.ts";
import { type Gap, newGap } from "./gaps.ts";
import { setStatus } from "./node-life.ts";
import { BEFORE_ALL, countIn } from "./population.ts";
import type { Scene } from "./scene.ts";

/** What befalls a storage node changes what it holds and what it does about that. */
export function befall(node: number, mishap: Mishap, scene: Scene): void {
  const its = scene.state.nodes[node]!;
  switch (mishap.kind) {
    case "crash":
      its.up = false;
      its.downSince = scene.state.at;
      its.epochDown = scene.state.epoch;
      openGap(node, scene);
      break;
    case "restart":
      its.up = true;
      if (its.conduct.stores) closeOpenGap(node, scene);
      if (its.damagedBy >= 0) noticeLoss(node, scene);
      break;
    case "lose-disk":
      loseDisk(node, mishap, scene);
      break;
    case "behave":
      its.conduct = conductOf(withLies(its.conduct.told, mishap.fault, mishap.lies));
      if (!its.conduct.stores) openGap(node, scene);
      else if (its.up) closeOpenGap(node, scene);
      break;
    case "slow-service":
      its.slowness = mishap.factor;
      its.slownessFault = mishap.fault;
      break;
  }
}

/** The shards whose data a node has or is to have: those it owns, and those it has just lost. */
export function shardsOn(node: number, { owners, previousOwners }: CohortState): number[] {
  return owners.flatMap((owner, shard) =>
    owner === node || previousOwners[shard] === node ? [shard] : [],
  );
}

export function addGap(
  given: Omit<Parameters<typeof newGap>[0], "id">,
  { state }: Pick<Scene, "state">,
): Gap {
  const gap = newGap({ ...given, id: state.nextGap++ });
  state.gaps.set(gap.id, gap);
  return gap;
}

/** From now on blobs are certified without the node. */
export function openGap(node: number, scene: Scene): void {
  const { state } = scene;
  const its = state.nodes[node]!;
  if (its.openGap !== -1) return;
  const gap = addGap(
    {
      node,
      shards: shardsOn(node, state),
      origin: "missed",
      remedy: "none",
      from: state.at,
      to: Number.POSITIVE_INFINITY,
      readyAt: state.at,
    },
    scene,
  );
  its.openGap = gap.id;
}

/** The node stores again, and sets about what it missed. */
export function closeOpenGap(node: number, scene: Scene): void {
  const { state, parameters } = scene;
  const its = state.nodes[node]!;
  const gap = state.gaps.get(its.openGap);
  its.openGap = -1;
  if (gap === undefined) return;
  gap.to = state.at;
  const blobs = countIn(state.population, gap.from, gap.to);
  if (blobs === 0 || gap.shards.length === 0) {
    state.gaps.delete(gap.id);
    return;
  }
  // One that has missed a whole epoch goes over everything, when it has caught up with the events.
  const isLong = its.epochDown + 1 < state.epoch;
  gap.remedy = isLong ? "scan" : "sync";
  gap.readyAt = state.at + (isLong ? 0 : (parameters.node.recovery?.deferral.large ?? 0));
  if (isLong) beginScan(node, blobs, scene);
  else setStatus(node, "catch-up", scene);
}

function loseDisk(
  node: number,
  { share, fault }: Extract<Mishap, { kind: "lose-disk" }>,
  scene: Scene,
): void {
  const { state, context } = scene;
  const its = state.nodes[node]!;
  const luck = context.random("disk");
  const lost = new Set(shardsOn(node, state).filter(() => share >= 1 || luck() < share));
  const wasOpen = its.openGap;
  for (const gap of [...state.gaps.values()]) {
    // What it was given is gone, and what it was to give.
    if (lost.has(gap.shards[0]!) && gap.source === node) {
      gap.source = -1;
      gap.remedy = "recover";
    }
    if (gap.node !== node) continue;
    if (gap.origin === "gained") {
      if (lost.has(gap.shards[0]!)) gap.primary = gap.secondary = 0;
      for (const shard of gap.shards) lost.delete(shard);
    } else if (gap.id !== wasOpen) {
      gap.shards = gap.shards.filter((shard) => !lost.has(shard));
      if (gap.shards.length === 0) state.gaps.delete(gap.id);
    }
  }
  if (its.metadata >= 0 && share >= 1) its.metadata = 0;
  if (lost.size === 0) return;
  const open = state.gaps.get(wasOpen);
  addGap(
    {
      node,
      shards: [...lost],
      origin: "lost",
      remedy: "none",
      from: BEFORE_ALL,
      to: open?.from ?? state.at,
      readyAt: state.at,
    },
    scene,
  );
  its.damagedBy = fault;
  const recovery = scene.parameters.node.recovery;
  if (recovery === undefined) return;
  if (its.up && recovery.noticeDiskLoss) noticeLoss(node, scene);
  else if (recovery.scrubEvery !== undefined) {
    const delay = Math.max(1, Math.round(luck() * recovery.scrubEvery));
    context.wake(delay, { kind: "notice", node });
  }
}

/** The node finds that its disk is empty, and begins to go over all blobs. */
export function noticeLoss(node: number, scene: Scene): void {
  const { state, context } = scene;
  const its = state.nodes[node]!;
  if (!its.up || its.damagedBy < 0 || !its.conduct.keeps) return;
  let blobs = 0;
  for (const gap of state.gaps.values()) {
    if (gap.node !== node || gap.origin !== "lost" || gap.remedy !== "none") continue;
    gap.remedy = "scan";
    gap.readyAt = state.at;
    blobs += countIn(state.population, gap.from, gap.to);
  }
  if (blobs > 0) context.record("fault-bit", { fault: its.damagedBy, count: 1 });
  its.damagedBy = -1;
  beginScan(node, blobs, scene);
}

function beginScan(node: number, blobs: number, scene: Scene): void {
  const { state, context } = scene;
  const its = state.nodes[node]!;
  if (its.scanSince < 0) {
    its.scanSince = state.at;
    its.scanBlobs = 0;
    context.record("node-recovery-started", {
      node,
      blobs: Math.round(countIn(state.population, BEFORE_ALL, state.at)),
    });
  }
  its.scanBlobs += blobs;
  setStatus(node, "recovering", scene);
}
