import type { Axis } from "../codec/code.ts";
import { addGap, gapsOf } from "./add-gap.ts";
import { biteHelped, biteRefused } from "./bites.ts";
import type { CohortState } from "./cohort-state.ts";
import { type Gap, type Lack, lacksOf, newGap } from "./gaps.ts";
import { endIfWhole } from "./node-life.ts";
import { countIn } from "./population.ts";
import { overlap, type Rectangle, withoutAll } from "./rectangles.ts";
import type { Scene } from "./scene.ts";
import type { Gain } from "./shard-moves.ts";

/** How a shard comes to a node: from whom, if anybody still has it on disk, and since which epoch. */
export interface SyncRoute {
  readonly node: number;
  readonly shard: number;
  readonly source: number;
  readonly formerOwner: number;
  readonly epoch: number;
  readonly gainedAt: number;
}

/** A shard comes to a node with the epoch. */
export function beginSync({ node, shard, missing }: Gain, scene: Scene): void {
  const { state, context } = scene;
  const { epoch } = state;
  const source = state.previousOwners[shard]!;
  context.record("shard-sync-started", { epoch, node, shard, from: source });
  const route = { node, shard, source, formerOwner: source, epoch, gainedAt: state.at };
  if (addSync(route, missing, scene).length > 0) return;
  // The node has had it before, and has all of it still.
  const { at } = state;
  const nothing = { id: -1, origin: "gained", remedy: "none" } as const;
  const gap = newGap({ ...route, ...nothing, shards: [shard], from: at, to: at, readyAt: at });
  finish(gap, "transferred", scene);
}

/**
 * Has a node come by what is missing of a shard. What the source has is transferred; what it lacks itself it
 * cannot give, and that is recovered from all.
 */
export function addSync(route: SyncRoute, missing: readonly Lack[], { state }: Scene): Gap[] {
  const { node, shard, source } = route;
  const lacks =
    source < 0 ? [] : gapsOf(source, shard, state).flatMap((gap) => lacksOf(gap, state.at));
  const added: Gap[] = [];
  const add = (area: Rectangle, axes: readonly Axis[], remedy: "transfer" | "recover") => {
    const { from, to, idFrom, idTo } = area;
    if (axes.length === 0 || idTo <= idFrom || countIn(state.population, from, to) === 0) return;
    const gap = addGap(
      {
        ...{ node, shards: [shard], origin: "gained", remedy, from, to, idFrom, idTo },
        primary: axes.includes("primary") ? 0 : 1,
        secondary: axes.includes("secondary") ? 0 : 1,
        readyAt: state.at + 1,
        formerOwner: route.formerOwner,
        source: remedy === "transfer" ? source : -1,
        epoch: route.epoch,
        gainedAt: route.gainedAt,
      },
      state,
    );
    added.push(gap);
  };
  for (const part of missing) {
    if (source < 0) add(part, part.axes, "recover");
    else for (const area of withoutAll(part, lacks)) add(area, part.axes, "transfer");
    for (const lack of lacks) {
      const isLacked = (axis: Axis) => lack.axes.includes(axis);
      add(overlap(part, lack), part.axes.filter(isLacked), "recover");
      for (const axis of part.axes) {
        if (isLacked(axis)) continue;
        const others = lacks.filter(({ axes }) => axes.includes(axis));
        for (const area of withoutAll(overlap(part, lack), others)) add(area, [axis], "transfer");
      }
    }
  }
  return added;
}

/** A part of a shard that came with the epoch is there: was it the last? */
export function endSync(gap: Gap, scene: Scene): void {
  const { state } = scene;
  const [shard] = gap.shards as [number];
  state.gaps.delete(gap.id);
  const [heir] = partsOf(gap.node, shard, state);
  if (heir !== undefined) {
    carryOver(gap, heir);
    return;
  }
  finish(gap, outcomeOf(gap), scene);
  endIfWhole(gap.node, scene);
}

/** The gaps of one shard on its way. */
export const partsOf = (node: number, shard: number, state: CohortState): Gap[] =>
  gapsOf(node, shard, state).filter(({ origin }) => origin === "gained");

/** Another gap of the same shard carries on the account. */
export function carryOver(from: Gap, to: Gap): void {
  to.slivers += from.slivers;
  to.bytes += from.bytes;
  to.recoveredSlivers += from.recoveredSlivers;
  to.recoveryBytes += from.recoveryBytes;
}

/**
 * Ends, at the beginning of an epoch, syncs of shards that belong to somebody else from then on; and transfers
 * from those who drop the shard now, an epoch after they lost it.
 */
export function abandonSyncs(scene: Scene): void {
  const { state } = scene;
  const { owners, previousOwners } = state;
  const told = new Set<string>();
  for (const gap of state.gaps.values()) {
    if (gap.origin !== "gained") continue;
    const shard = gap.shards[0]!;
    if (owners[shard] !== gap.node) {
      const [first, ...others] = partsOf(gap.node, shard, state) as [Gap];
      const key = `${gap.node}/${shard}`;
      if (told.has(key)) continue;
      told.add(key);
      for (const part of others) carryOver(part, first);
      finish(first, "abandoned", scene);
    } else if (gap.source >= 0 && previousOwners[shard] !== gap.source) {
      gap.source = -1;
      gap.remedy = "recover";
    }
  }
}

/** A node that was away has not been waiting for anybody meanwhile. */
export function resumeSyncs(node: number, { gaps, at }: CohortState): void {
  for (const gap of gaps.values()) {
    if (gap.node === node && gap.origin === "gained") gap.progressAt = at;
  }
}

/** After so long without progress a shard is recovered from the whole committee. */
export function giveUpStalled(gaps: readonly Gap[], { state, parameters }: Scene): void {
  const moving = new Set(state.flows.filter(({ rate }) => rate > 0).map(({ gap }) => gap));
  for (const gap of gaps) {
    if (gap.remedy !== "transfer" || moving.has(gap.id)) continue;
    if (state.at - gap.progressAt < parameters.shardSync.giveUp) continue;
    gap.remedy = "recover";
  }
}

/** Remembers since when the gaps in hand are worked on. */
export function noteBeginnings(gaps: readonly Gap[], scene: Scene): void {
  const { at } = scene.state;
  const begun = gaps.filter(({ startedAt }) => startedAt < 0);
  for (const gap of begun) {
    gap.startedAt = at;
    gap.progressAt = at;
  }
  biteHelped(begun, scene);
  biteRefused(gaps, scene);
}

function outcomeOf({ slivers, recoveredSlivers }: Gap): string {
  if (recoveredSlivers === 0) return "transferred";
  return slivers > 0 ? "mixed" : "recovered";
}

function finish(gap: Gap, outcome: string, { context }: Scene): void {
  context.record("shard-sync-finished", {
    epoch: gap.epoch,
    node: gap.node,
    shard: gap.shards[0]!,
    from: gap.formerOwner,
    startedAt: gap.gainedAt,
    outcome,
    slivers: Math.round(gap.slivers),
    bytes: Math.round(gap.bytes),
    recoveredSlivers: Math.round(gap.recoveredSlivers),
    recoveryBytes: Math.round(gap.recoveryBytes),
  });
}
