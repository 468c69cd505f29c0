import { invariant } from "../engine/invariant.ts";
import type { Duration, SimTime } from "../engine/sim-time.ts";

/**
 * The cores of a node: each task goes to the core that is free first, first come, first served.
 * Plain data, kept in the node's state.
 */
export interface WorkQueue {
  readonly coreFreeAt: Float64Array;
}

export const newWorkQueue = (cores: number): WorkQueue => ({ coreFreeAt: new Float64Array(cores) });

/** How long a task that came now would wait for a core. */
export function waitingTime(queue: WorkQueue, now: SimTime): Duration {
  let earliest = Number.POSITIVE_INFINITY;
  for (const freeAt of queue.coreFreeAt) if (freeAt < earliest) earliest = freeAt;
  return Math.max(0, earliest - now);
}

/** Puts `tasks` equal tasks in the queue; returns when the last of them is done. */
export function enqueue(queue: WorkQueue, now: SimTime, tasks: number, each: Duration): SimTime {
  invariant(tasks > 0, () => `a queue of work took ${tasks} tasks`);
  const cores = queue.coreFreeAt;
  let doneAt = now;
  for (let task = 0; task < tasks; task++) {
    let first = 0;
    for (let core = 1; core < cores.length; core++) {
      if ((cores[core] as number) < (cores[first] as number)) first = core;
    }
    const done = Math.max(now, cores[first] as number) + each;
    cores[first] = done;
    if (done > doneAt) doneAt = done;
  }
  return doneAt;
}
