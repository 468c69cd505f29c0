import type { StudyCell } from "./replication.ts";
import { runReplication } from "./run-replication.ts";
import { outcomeOf, type TaskOutcome } from "./task-outcome.ts";
import { TraceFile } from "./trace-file.ts";

/** One replication of one cell, as plain data. */
export interface StudyTask {
  /** Index in the list of cells. */
  readonly cell: number;
  readonly replication: number;
  /** Where to write the trace, if one is wanted. */
  readonly tracePath?: string;
}

/** Runs one task in this thread, and tells from 0 to 1 how far it has come. */
export function runTask(
  cells: readonly StudyCell[],
  task: StudyTask,
  onProgress: (share: number) => void,
): Promise<TaskOutcome> {
  return outcomeOf(runTraced(cells[task.cell]!, task, onProgress));
}

async function runTraced(
  cell: StudyCell,
  { replication, tracePath }: StudyTask,
  onProgress: (share: number) => void,
) {
  if (tracePath === undefined) return runReplication(cell, replication, { onProgress });
  const trace = new TraceFile(tracePath);
  try {
    const observe = trace.observe.bind(trace);
    const result = await runReplication(cell, replication, { onProgress, observe });
    trace.commit();
    return result;
  } finally {
    trace.discard();
  }
}
