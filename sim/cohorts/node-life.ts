import type { NodeStatus } from "./cohort-state.ts";
import type { Scene } from "./scene.ts";

export function setStatus(node: number, status: NodeStatus, { state, context }: Scene): void {
  const its = state.nodes[node]!;
  if (its.status === status) return;
  its.status = status;
  context.record("node-state", { node, state: status });
}

/** Tells what a node has received to recover what it missed or lost, since this was last told. */
export function tellRecovered(node: number, { state, context }: Scene): void {
  const its = state.nodes[node]!;
  const bytes = Math.round(its.recoveredBytes);
  if (bytes === 0) return;
  its.recoveredBytes = 0;
  context.record("recovery-progress", { node, from: its.recoveredSince, bytes });
}

/** A node that has nothing more to close is active again. */
export function endIfWhole(node: number, scene: Scene): void {
  const { state, context } = scene;
  const its = state.nodes[node]!;
  const own = [...state.gaps.values()].filter((gap) => gap.node === node);
  if (own.length === 0) tellRecovered(node, scene);
  if (its.scanSince >= 0 && !own.some(({ remedy }) => remedy === "scan")) {
    context.record("node-recovery-finished", {
      node,
      blobs: Math.round(its.scanBlobs),
      startedAt: its.scanSince,
      durationMicroseconds: state.at - its.scanSince,
    });
    its.scanSince = -1;
    if (its.status === "recovering") setStatus(node, "active", scene);
  }
  if (its.status === "catch-up" && !own.some(({ remedy }) => remedy === "sync")) {
    setStatus(node, "active", scene);
  }
}
