import { invariant } from "../engine/invariant.ts";
import type { Duration, SimTime } from "../engine/sim-time.ts";

/**
 * The cores of a node: each task goes to the core that is free first, first come, first served.
 * Plain data, kept in the node's state.
 */
export interface WorkQueue {
  /** A heap: cores are all alike, so only which is free first matters, and that is asked at every request. */
  readonly coreFreeAt: Float64Array;
}

export const newWorkQueue = (cores: number): WorkQueue => ({ coreFreeAt: new Float64Array(cores) });

/** How long a task that came now would wait for a core. */
export const waitingTime = ({ coreFreeAt }: WorkQueue, now: SimTime): Duration =>
  Math.max(0, (coreFreeAt[0] as number) - now);

/** Puts `tasks` equal tasks in the queue; returns when the last of them is done. */
export function enqueue(
  { coreFreeAt }: WorkQueue,
  now: SimTime,
  tasks: number,
  each: Duration,
): SimTime {
  invariant(tasks > 0, () => `a queue of work took ${tasks} tasks`);
  // The core that is free first gets the next task, so the last task is the last to be done.
  let doneAt = now;
  for (let task = 0; task < tasks; task++) {
    doneAt = Math.max(now, coreFreeAt[0] as number) + each;
    replaceFirst(coreFreeAt, doneAt);
  }
  return doneAt;
}

function replaceFirst(heap: Float64Array, value: number): void {
  let parent = 0;
  for (;;) {
    let child = 2 * parent + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && (heap[child + 1] as number) < (heap[child] as number)) child++;
    if (value <= (heap[child] as number)) break;
    heap[parent] = heap[child] as number;
    parent = child;
  }
  heap[parent] = value;
}
