import { UserMistake } from "./user-mistake.ts";

/** Ends the command if anything was wrong with its arguments. @throws UserMistake */
export function throwMistakes(mistakes: readonly string[]): void {
  if (mistakes.length > 0) throw new UserMistake(mistakes);
}
