import { availableParallelism } from "node:os";
import { join } from "node:path";
import { packageRoot } from "./package-root.ts";
import type { ReplicationResult, StudyCell } from "./replication.ts";
import { runTask, type StudyTask } from "./run-task.ts";
import { resultOf, type TaskOutcome } from "./task-outcome.ts";

export interface Study {
  readonly cells: readonly StudyCell[];
  readonly tasks: readonly StudyTask[];
  /** Threads to run on; as many as there are cores unless told. With 1, tasks run in this thread. */
  readonly workers?: number;
  /** Told now and then how much of all tasks is done, 0..1. */
  readonly onProgress?: (share: number) => void;
  /** Told each result as it comes, in any order. */
  readonly onResult: (task: number, result: ReplicationResult) => void;
}

/** How often progress in other threads is looked at. */
const PROGRESS_EVERY_MILLISECONDS = 200;

/**
 * Runs all tasks, the first ones first. Once one has failed no other is begun, and of those that
 * failed the first in the list is thrown: what is reported does not depend on the number of workers.
 *
 * @throws ReplicationError, UserMistake
 */
export async function runStudy(study: Study): Promise<void> {
  const { cells, tasks, onProgress, onResult } = study;
  const workers = Math.min(study.workers ?? availableParallelism(), tasks.length);
  const progress = new Float64Array(new SharedArrayBuffer(8 * tasks.length));
  const tell = () => onProgress?.(progress.reduce((sum, share) => sum + share, 0) / tasks.length);

  const runner = workers > 1 ? await startThreads(cells, progress, workers) : undefined;
  const timer = setInterval(tell, PROGRESS_EVERY_MILLISECONDS);
  const failures = new Map<number, TaskOutcome>();
  let next = 0;

  async function runLane(): Promise<void> {
    while (next < tasks.length && failures.size === 0) {
      const index = next++;
      const task = tasks[index]!;
      const inThisThread = (share: number) => {
        progress[index] = share;
      };
      const outcome = await (runner?.run({ ...task, index }) ?? runTask(cells, task, inThisThread));
      progress[index] = 1;
      if (outcome.kind === "result") onResult(index, outcome.result);
      else failures.set(index, outcome);
    }
  }

  try {
    await Promise.all(Array.from({ length: Math.max(1, workers) }, runLane));
    const first = Math.min(...failures.keys());
    if (failures.size > 0) resultOf(failures.get(first)!);
    tell();
  } finally {
    clearInterval(timer);
    await runner?.destroy();
  }
}

/** The results of all tasks, in their order. @throws ReplicationError, UserMistake */
export async function runToResults(study: Omit<Study, "onResult">): Promise<ReplicationResult[]> {
  const results: ReplicationResult[] = [];
  await runStudy({ ...study, onResult: (task, result) => (results[task] = result) });
  return results;
}

// Loaded only for more than one worker. Cells travel once a thread, not once a task.
async function startThreads(cells: readonly StudyCell[], progress: Float64Array, threads: number) {
  const { Piscina } = await import("piscina");
  return new Piscina<StudyTask & { readonly index: number }, TaskOutcome>({
    filename: join(packageRoot(), ".build/sim/study/worker.js"),
    minThreads: threads,
    maxThreads: threads,
    workerData: { cells, progress },
  });
}
