import type { ReplicationResult, StudyCell } from "./replication.ts";
import type { RunStore } from "./run-store.ts";
import type { StudyTask } from "./run-task.ts";
import { runStudy } from "./workers.ts";

export interface Sweep {
  readonly cells: readonly StudyCell[];
  readonly store: RunStore;
  readonly workers?: number;
  readonly onProgress?: (share: number) => void;
}

/**
 * Runs every replication of every cell that is not in the store yet, and stores each as it ends. All
 * cells have the same seeds, so that they meet the same luck and differences between them are paired.
 *
 * @returns how many replications were found in the store, and how many were run
 * @throws ReplicationError, UserMistake
 */
export async function runSweep(sweep: Sweep): Promise<{ found: number; ran: number }> {
  const { cells, store, workers, onProgress } = sweep;
  const all = cells.flatMap((cell, index) =>
    Array.from({ length: cell.scenario.replications }, (_, replication): StudyTask => {
      return { cell: index, replication };
    }),
  );
  const tasks = all.filter(({ cell, replication }) => !store.has(cells[cell]!, replication));
  await runStudy({
    cells,
    tasks,
    ...(workers === undefined ? {} : { workers }),
    ...(onProgress === undefined ? {} : { onProgress }),
    onResult: (task, result) => store.put(cells[tasks[task]!.cell]!, result),
  });
  return { found: all.length - tasks.length, ran: tasks.length };
}

/** All replications of a cell, in order, once {@link runSweep} has ended. */
export function storedResults(cell: StudyCell, store: RunStore): ReplicationResult[] {
  return Array.from({ length: cell.scenario.replications }, (_, replication) =>
    store.get(cell, replication),
  );
}
