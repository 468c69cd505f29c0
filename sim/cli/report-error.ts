import { UserMistake } from "../scenario/mistake.ts";
import { ReplicationError } from "../study/replication.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { printError, tint } from "./terminal.ts";

/** Says on standard error what went wrong, and whose mistake it was. */
export function reportError(error: unknown): ExitCode {
  if (error instanceof UserMistake) {
    for (const mistake of error.mistakes) printError(mistake.replaceAll(/\s*\n\s*/g, " "));
    return exitCode.mistake;
  }
  const isKnown = error instanceof ReplicationError;
  const what = error instanceof Error && !isKnown ? (error.stack ?? error.message) : String(error);
  printError(tint("A mistake of Floe's own, not of yours:", "bad", process.stderr));
  printError(isKnown ? error.message : what);
  printError(`Replay it with:\n  ${isKnown ? error.replay : commandGiven()}`);
  return exitCode.bug;
}

/** The command line as it was given, quoted for a shell. */
export function commandGiven(): string {
  return ["floe", ...process.argv.slice(2)].map(quoted).join(" ");
}

/** An argument as a shell takes it whole. */
export function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
