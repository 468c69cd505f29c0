import { type Gap, newGap, restOf } from "./gaps.ts";
import { endIfWhole } from "./node-life.ts";
import { countIn } from "./population.ts";
import type { Scene } from "./scene.ts";

/** A shard that came with the epoch has come over, or been recovered: what is left to do for it? */
export function endSync(gap: Gap, scene: Scene): void {
  const { state } = scene;
  state.gaps.delete(gap.id);
  const [shard] = gap.shards as [number];
  if (gap.remedy === "transfer") inheritGaps(gap, shard, scene);
  const rest = [...state.gaps.values()].filter((other) => isOf(other, gap.node, shard));
  if (rest.length > 0) {
    // One of them carries on the account.
    const [heir] = rest as [Gap];
    heir.slivers += gap.slivers;
    heir.bytes += gap.bytes;
    heir.recoveredSlivers += gap.recoveredSlivers;
    heir.recoveryBytes += gap.recoveryBytes;
    return;
  }
  finish(gap, outcomeOf(gap), scene);
  endIfWhole(gap.node, scene);
}

const isOf = (gap: Gap, node: number, shard: number): boolean =>
  gap.origin === "gained" && gap.node === node && gap.shards[0] === shard;

// What the previous owner did not have it could not give: that is recovered from all.
function inheritGaps(gap: Gap, shard: number, { state }: Scene): void {
  for (const lacked of [...state.gaps.values()]) {
    if (lacked.node !== gap.source || !lacked.shards.includes(shard)) continue;
    const { from, to, idFrom, idTo, primary, secondary } = restOf(lacked, state.at);
    const end = Math.min(to, gap.to);
    if (end <= from || idTo <= idFrom || (primary >= 1 && secondary >= 1)) continue;
    if (countIn(state.population, from, end) === 0) continue;
    const heir = newGap({
      id: state.nextGap++,
      node: gap.node,
      shards: [shard],
      origin: "gained",
      remedy: "recover",
      from,
      to: end,
      idFrom,
      idTo,
      primary: lacked.remedy === "sync" ? 0 : primary,
      secondary: lacked.remedy === "sync" ? 0 : secondary,
      readyAt: state.at,
      startedAt: gap.startedAt,
      formerOwner: gap.formerOwner,
      epoch: gap.epoch,
    });
    state.gaps.set(heir.id, heir);
  }
}

/** Gives up, at the beginning of an epoch, what belongs to somebody else from then on. */
export function abandonSyncs(scene: Scene): void {
  const { state } = scene;
  const told = new Set<string>();
  for (const gap of [...state.gaps.values()]) {
    const shard = gap.shards[0]!;
    if (gap.origin !== "gained" || nextOwner(shard, scene) === gap.node) continue;
    const key = `${gap.node}/${shard}`;
    if (!told.has(key)) finish(gap, "abandoned", scene);
    told.add(key);
    // It lacks this still, for those who gain the shard from it.
    Object.assign(gap, { origin: "lost", remedy: "none" });
  }
}

const nextOwner = (shard: number, { state }: Scene): number | undefined =>
  state.seating.committee.find(({ shards }) => shards.includes(shard))?.node;

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
export function noteBeginnings(gaps: readonly Gap[], { state }: Scene): void {
  for (const gap of gaps) {
    if (gap.startedAt >= 0) continue;
    gap.startedAt = state.at;
    gap.progressAt = state.at;
  }
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
    startedAt: gap.startedAt < 0 ? context.now : gap.startedAt,
    outcome,
    slivers: Math.round(gap.slivers),
    bytes: Math.round(gap.bytes),
    recoveredSlivers: Math.round(gap.recoveredSlivers),
    recoveryBytes: Math.round(gap.recoveryBytes),
  });
}
