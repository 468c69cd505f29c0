import { shardsByNode } from "./cohort-state.ts";
import type { Cohort } from "./population.ts";
import type { Scene } from "./scene.ts";

/** Has every member delete what expired, each at its own time. */
export function awaitCollection(expired: readonly Cohort[], scene: Scene): void {
  const { state, parameters, means, context } = scene;
  const luck = context.random("garbage");
  const pair = (sizes: number) => means.primary[sizes]! + means.secondary[sizes]!;
  const blobs = expired.reduce((sum, { count }) => sum + count, 0);
  const pairs = expired.reduce((sum, { count, sizes }) => sum + count * pair(sizes), 0);
  shardsByNode(state.owners, state.nodes.length).forEach(({ length }, node) => {
    if (length === 0) return;
    context.wake(Math.max(1, Math.round(luck() * parameters.epochs.garbageDelay)), {
      kind: "collect-garbage",
      epoch: state.epoch,
      node,
      blobs: Math.round(blobs),
      bytes: Math.round(length * pairs + blobs * means.metadata),
    });
  });
}
