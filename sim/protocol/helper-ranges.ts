import type { RecoveryDesk } from "./recovery-desk.ts";
import type { SliverRange, SliverRecovery } from "./recovery-state.ts";

/** Notes positions that a helper turned out not to have, to be asked for again later. */
export function missAbsent(
  recovery: SliverRecovery,
  node: number,
  positions: readonly number[],
): void {
  for (const position of positions) recovery.missed.push({ node, first: position, count: 1 });
}

/**
 * What to ask for next, of one helper, and not more sources than `countMax`: first what is to be asked
 * again in this round, then helpers in their order. Undefined once all have been asked.
 */
export function nextRange(
  recovery: SliverRecovery,
  countMax: number,
  desk: RecoveryDesk,
): SliverRange | undefined {
  const again = recovery.retry.pop();
  if (again !== undefined) {
    const { node, first, count } = again;
    if (count <= countMax) return again;
    recovery.retry.push({ node, first: first + countMax, count: count - countMax });
    return { node, first, count: countMax };
  }
  const node = recovery.order[recovery.next];
  if (node === undefined) return undefined;
  const first = recovery.position;
  const helpers = desk.placement.at(recovery.helperEpoch);
  const left = (helpers.weights(recovery.blob)[node] as number) - first;
  const count = Math.min(left, countMax);
  recovery.position += count;
  if (count === left) {
    recovery.next++;
    recovery.position = 0;
  }
  return { node, first, count };
}
