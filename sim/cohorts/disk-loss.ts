import type { Mishap } from "../protocol/messages.ts";
import { addGap, dropGap, gapsOf } from "./add-gap.ts";
import { type CohortState, ownedBy } from "./cohort-state.ts";
import type { Gap } from "./gaps.ts";
import { setStatus } from "./node-life.ts";
import { BEFORE_ALL, countIn } from "./population.ts";
import type { Scene } from "./scene.ts";
import { everything } from "./shard-moves.ts";
import { addSync, carryOver } from "./shard-sync.ts";

/** A node's disk is empty, or all that it had of some shards is gone. */
export function loseDisk(
  node: number,
  { share, fault }: Extract<Mishap, { kind: "lose-disk" }>,
  scene: Scene,
): void {
  const { state, context } = scene;
  const its = state.nodes[node]!;
  const luck = context.random("disk");
  const lost = shardsOn(node, state).filter(() => share >= 1 || luck() < share);
  for (const gap of state.gaps.values()) {
    // Nor has it any more what it was to give.
    if (gap.source !== node || !lost.includes(gap.shards[0]!)) continue;
    gap.source = -1;
    gap.remedy = "recover";
  }
  const groups = new Map<string, { from: number; to: number; shards: number[] }>();
  for (const shard of lost) {
    const from = emptyShard(node, shard, scene);
    const to = storedUntil(node, shard, state);
    if (to <= from) continue;
    const key = `${from}/${to}`;
    const group = groups.get(key) ?? { from, to, shards: [] };
    groups.set(key, group);
    group.shards.push(shard);
  }
  for (const group of groups.values()) {
    addGap({ ...group, node, origin: "lost", remedy: "none", readyAt: state.at }, state);
  }
  if (its.metadata >= 0 && share >= 1) its.metadata = 0;
  if (!lost.some((shard) => state.owners[shard] === node)) return;
  its.damagedBy = fault;
  const recovery = scene.parameters.node.recovery;
  if (recovery === undefined) return;
  if (its.up && recovery.noticeDiskLoss) noticeLoss(node, scene);
  else if (recovery.scrubEvery !== undefined) {
    const delay = Math.max(1, Math.round(luck() * recovery.scrubEvery));
    context.wake(delay, { kind: "notice", node });
  }
}

/** The shards whose data a node has or is to have: those it owns, and those it has just lost. */
function shardsOn(node: number, { owners, previousOwners }: CohortState): number[] {
  return owners.flatMap((owner, shard) =>
    owner === node || previousOwners[shard] === node ? [shard] : [],
  );
}

// Forgets what was missing, now that everything is. A shard on its way begins anew: where does the rest begin?
function emptyShard(node: number, shard: number, scene: Scene): number {
  const { state } = scene;
  const parts: Gap[] = [];
  for (const gap of gapsOf(node, shard, state)) {
    if (gap.to === Number.POSITIVE_INFINITY) continue;
    gap.shards = gap.shards.filter((other) => other !== shard);
    if (gap.shards.length === 0) dropGap(gap, state);
    if (gap.origin === "gained") parts.push(gap);
  }
  const [first] = parts;
  if (first === undefined) return BEFORE_ALL;
  const to = Math.max(...parts.map((part) => part.to));
  const { formerOwner, epoch, gainedAt } = first;
  const source = state.previousOwners[shard] === formerOwner ? formerOwner : -1;
  const route = { node, shard, source, formerOwner, epoch, gainedAt };
  const [heir] = addSync(route, [everything(to)], scene);
  for (const part of parts) if (heir !== undefined) carryOver(part, heir);
  return to;
}

// What a node does not store any more is not lost, be it down or the shard another's.
function storedUntil(node: number, shard: number, state: CohortState): number {
  const open = gapsOf(node, shard, state).find(({ to }) => to === Number.POSITIVE_INFINITY);
  if (open !== undefined) return open.from;
  return state.owners[shard] === node ? state.at : state.epochStartedAt;
}

/** The node finds that its disk is empty, and begins to go over all blobs. */
export function noticeLoss(node: number, scene: Scene): void {
  const { state, context } = scene;
  const its = state.nodes[node]!;
  if (!its.up || its.damagedBy < 0 || !its.conduct.keeps) return;
  let blobs = 0;
  const lost = [...state.gaps.values()].filter(
    (gap) => gap.node === node && gap.origin === "lost" && gap.remedy === "none",
  );
  for (const gap of lost) {
    if (ownedBy(gap, state.owners) === 0) continue;
    gap.remedy = "scan";
    gap.readyAt = state.at;
    blobs += countIn(state.population, gap.from, gap.to);
  }
  if (blobs > 0) context.record("fault-bit", { fault: its.damagedBy, count: 1 });
  its.damagedBy = -1;
  beginScan(node, blobs, scene);
}

/** The node goes over all blobs, or finds more to go over. */
export function beginScan(node: number, blobs: number, scene: Scene): void {
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
