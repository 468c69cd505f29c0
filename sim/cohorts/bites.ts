import { faultBehind } from "../protocol/node-behaviour.ts";
import { type NodeState, serves } from "./cohort-state.ts";
import type { Gap } from "./gaps.ts";
import { countIn } from "./population.ts";
import type { Scene } from "./scene.ts";

/** Lies have met somebody, once for each fault in the list. */
export function bite(faults: readonly number[], { context }: Scene): void {
  const counts = new Map<number, number>();
  for (const fault of faults) if (fault >= 0) counts.set(fault, (counts.get(fault) ?? 0) + 1);
  for (const [fault, count] of counts) context.record("fault-bit", { fault, count });
}

/** Tells how many blobs a node has signed for and not stored, since this was last told. */
export function tellSigned(node: number, { state, context }: Scene): void {
  const its = state.nodes[node]!;
  if (its.signsSince < 0) return;
  const count = Math.round(countIn(state.population, its.signsSince, state.at));
  if (count === 0 || !state.owners.includes(node)) return;
  its.signsSince = state.at;
  const fault = faultBehind(its.conduct.told, "sign-without-storing") ?? its.conduct.fault;
  context.record("fault-bit", { fault, count });
}

/** It has changed how a node behaves, or whether it is there to sign. */
export function noteSigning(its: NodeState, { state }: Scene): void {
  its.signsSince = its.up && !its.conduct.stores ? state.at : -1;
}

/** Who begins to recover asks those who lie, too. */
export function biteHelped(begun: readonly Gap[], scene: Scene): void {
  const { nodes, owners } = scene.state;
  const liars = nodes.flatMap((its, node) =>
    its.up && !serves(its) && owners.includes(node) ? [its.conduct.fault] : [],
  );
  bite(
    begun.filter(({ remedy }) => remedy !== "transfer").flatMap(() => liars),
    scene,
  );
}

/** The first time that the previous owner of a shard, being up, does not give it. */
export function biteRefused(inHand: readonly Gap[], scene: Scene): void {
  const { nodes } = scene.state;
  const refused = inHand.filter((gap) => {
    if (gap.remedy !== "transfer" || gap.isRefused) return false;
    return nodes[gap.source]!.up && !givesShards(nodes[gap.source]!);
  });
  for (const gap of refused) gap.isRefused = true;
  bite(
    refused.map(({ source }) => {
      const { told, fault } = nodes[source]!.conduct;
      return faultBehind(told, "refuse-handover") ?? fault;
    }),
    scene,
  );
}

/** Gives shards that it lost to those who gained them. */
export const givesShards = (its: NodeState): boolean =>
  serves(its) && its.conduct.handsOver && !its.isRefusing;
