// What a worker thread runs: one task after another. Built as a file of its own.
import { workerData } from "piscina";
import type { StudyCell } from "./replication.ts";
import { runTask, type StudyTask } from "./run-task.ts";
import type { TaskOutcome } from "./task-outcome.ts";

/** What a worker is sent once, when it starts. */
export interface WorkerStart {
  readonly cells: readonly StudyCell[];
  /** How far each task has come, 0..1, by its index. Shared memory. */
  readonly progress: Float64Array;
}

const { cells, progress } = workerData as WorkerStart;

export default function runIndexed(
  task: StudyTask & { readonly index: number },
): Promise<TaskOutcome> {
  return runTask(cells, task, (share) => {
    progress[task.index] = share;
  });
}
