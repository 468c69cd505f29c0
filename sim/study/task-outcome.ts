import { UserMistake } from "../scenario/mistake.ts";
import { ReplicationError, type ReplicationResult } from "./replication.ts";

/** How a task ended, as plain data: a class does not survive the way from a worker. */
export type TaskOutcome =
  | { readonly kind: "result"; readonly result: ReplicationResult }
  | { readonly kind: "bug"; readonly message: string; readonly replay: string }
  | { readonly kind: "mistakes"; readonly mistakes: readonly string[] };

/** Runs the work, and turns the errors that a study knows into data. */
export async function outcomeOf(work: Promise<ReplicationResult>): Promise<TaskOutcome> {
  try {
    return { kind: "result", result: await work };
  } catch (error) {
    if (error instanceof UserMistake) return { kind: "mistakes", mistakes: error.mistakes };
    if (error instanceof ReplicationError) {
      return { kind: "bug", message: error.message, replay: error.replay };
    }
    throw error;
  }
}

/** The result, or the error again. @throws ReplicationError, UserMistake */
export function resultOf(outcome: TaskOutcome): ReplicationResult {
  switch (outcome.kind) {
    case "result":
      return outcome.result;
    case "bug":
      throw new ReplicationError(outcome.message, outcome.replay);
    case "mistakes":
      throw new UserMistake(outcome.mistakes);
  }
}
