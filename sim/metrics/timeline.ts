import type { Duration, SimTime } from "../engine/sim-time.ts";
import type { TimelineRow } from "./rows.ts";

interface Operations {
  count: number;
  readonly okLatencies: Duration[];
}

interface Stretch {
  readonly from: SimTime;
  readonly to: SimTime;
  readonly reads: Operations;
  readonly writes: Operations;
  blobsCertified: number;
  recoveries: number;
  recoveryBytes: number;
  transferBytes: number;
}

/** Counts by stretches of equal length from 0 to the horizon. */
export class Timeline {
  readonly #stretches: Stretch[] = [];
  readonly #horizon: SimTime;

  constructor(horizon: SimTime, bins: number) {
    this.#horizon = horizon;
    const edge = (index: number) => Math.round((horizon / bins) * index);
    for (let index = 0; index < bins; index += 1) {
      this.#stretches.push({
        from: edge(index),
        to: edge(index + 1),
        reads: { count: 0, okLatencies: [] },
        writes: { count: 0, okLatencies: [] },
        blobsCertified: 0,
        recoveries: 0,
        recoveryBytes: 0,
        transferBytes: 0,
      });
    }
  }

  operation(kind: "reads" | "writes", startedAt: SimTime, ok: boolean, latency: Duration): void {
    const stretch = this.#at(startedAt);
    if (stretch === undefined) return;
    stretch[kind].count += 1;
    if (ok) stretch[kind].okLatencies.push(latency);
  }

  certified(time: SimTime): void {
    const stretch = this.#at(time);
    if (stretch !== undefined) stretch.blobsCertified += 1;
  }

  recovered(time: SimTime, bytes: number): void {
    const stretch = this.#at(time);
    if (stretch === undefined) return;
    stretch.recoveries += 1;
    stretch.recoveryBytes += bytes;
  }

  /** What a node has received evenly, over some time, where it recovers many blobs at a time. */
  progressed(from: SimTime, to: SimTime, bytes: number): void {
    for (const stretch of this.#stretches) {
      const overlap = Math.min(to, stretch.to) - Math.max(from, stretch.from);
      if (overlap > 0) stretch.recoveryBytes += Math.round((bytes * overlap) / (to - from));
    }
  }

  /** A shard sync: what came from the previous owner, and what was recovered. */
  transferred(time: SimTime, bytes: number, recoveryBytes: number): void {
    const stretch = this.#at(time);
    if (stretch === undefined) return;
    stretch.transferBytes += bytes;
    stretch.recoveryBytes += recoveryBytes;
  }

  rows(
    warmUp: SimTime,
    shardCount: number,
    steps: readonly { readonly time: SimTime; readonly shardsDown: number }[],
  ): TimelineRow[] {
    let next = 0;
    let down = 0;
    return this.#stretches.map(({ from, to, reads, writes, ...counts }) => {
      let downTime = 0;
      let downMax = down;
      let time = from;
      for (let step = steps[next]; step !== undefined && step.time < to; step = steps[next]) {
        downTime += down * (step.time - time);
        time = step.time;
        down = step.shardsDown;
        downMax = Math.max(downMax, down);
        next += 1;
      }
      downTime += down * (to - time);
      return {
        from,
        to,
        warmUp: from < warmUp,
        reads: reads.count,
        readsOk: reads.okLatencies.length,
        ...percentiles("read", reads.okLatencies),
        writes: writes.count,
        writesOk: writes.okLatencies.length,
        ...percentiles("write", writes.okLatencies),
        ...counts,
        shardsUpMean: 1 - downTime / ((to - from) * shardCount),
        shardsUpMin: 1 - downMax / shardCount,
      };
    });
  }

  #at(time: SimTime): Stretch | undefined {
    // The division may round up to the next stretch, or down to the one before.
    let index = Math.floor((time / this.#horizon) * this.#stretches.length);
    if (time < (this.#stretches[index]?.from ?? 0)) index -= 1;
    if (time >= (this.#stretches[index]?.to ?? Infinity)) index += 1;
    return this.#stretches[index];
  }
}

function percentiles<K extends "read" | "write">(kind: K, latencies: readonly Duration[]) {
  const sorted = Float64Array.from(latencies).sort();
  // The nearest rank: a latency that did occur.
  const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? -1;
  return {
    [`${kind}LatencyP50Microseconds`]: rank(0.5),
    [`${kind}LatencyP99Microseconds`]: rank(0.99),
  } as Record<`${K}LatencyP50Microseconds` | `${K}LatencyP99Microseconds`, Duration>;
}
