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
      its.epochDown = scene.state.epoch;
      openGaps(node, scene);
      break;
    case "restart":
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
function openGaps(node: number, scene: Scene): void {
  const { openGaps: open } = scene.state.nodes[node]!;
  if (open.length === 0) openGap(node, shardsOn(node, scene.state), scene);
}

/** The same for some of its shards. */
export function openGap(node: number, shards: number[], scene: Scene): void {
  const { at, nodes } = scene.state;
  const to = Number.POSITIVE_INFINITY;
  const gap = addGap(
    { node, shards, origin: "missed", remedy: "none", from: at, to, readyAt: at },
    scene,
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

function loseDisk(
  node: number,
  { share, fault }: Extract<Mishap, { kind: "lose-disk" }>,
  scene: Scene,
): void {
  const { state, context } = scene;
  const its = state.nodes[node]!;
  const luck = context.random("disk");
  const lost = new Set(shardsOn(node, state).filter(() => share >= 1 || luck() < share));
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
    } else if (!its.openGaps.includes(gap.id)) {
      gap.shards = gap.shards.filter((shard) => !lost.has(shard));
      if (gap.shards.length === 0) state.gaps.delete(gap.id);
    }
  }
  if (its.metadata >= 0 && share >= 1) its.metadata = 0;
  if (lost.size === 0) return;
  const open = state.gaps.get(its.openGaps[0] ?? -1);
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
