import { exitCode } from "./exit-code.ts";
import { printError } from "./terminal.ts";

/**
 * From now on Ctrl-C ends the program cleanly: what is open is discarded as the process exits, and
 * one line says what is left.
 */
export function endCleanlyOnInterrupt(whatIsLeft: string): void {
  const end = () => {
    // Past the "^C" that a terminal shows, or the progress bar.
    printError(`${process.stderr.isTTY === true ? "\n" : ""}Stopped. ${whatIsLeft}`);
    process.exit(exitCode.interrupted);
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
}
