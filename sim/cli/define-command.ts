import type { ArgumentsCamelCase, Argv, CommandModule } from "yargs";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { extraArguments, repeatedOptions, unknownOptions } from "./unknown-arguments.ts";

interface CommandDefinition<Options> {
  /** Name and positional arguments, as yargs writes them: `run <scenario>`. */
  readonly command: string;
  readonly describe: string;
  /** A command line that works as it stands, and what it does. */
  readonly example: readonly [line: string, does: string];
  readonly options: (yargs: Argv) => Argv<Options>;
  /**
   * Does the work. Heavy imports belong in here. Mistakes found in the arguments so far are handed
   * in, so that they can be told together with those of the scenario.
   *
   * @throws UserMistake
   */
  readonly run: (args: ArgumentsCamelCase<Options>, mistakes: string[]) => Promise<ExitCode>;
}

// biome-ignore lint/complexity/noBannedTypes: what yargs calls a command without global options.
type NoGlobalOptions = {};

/** A command of `floe`: its help ends in an example, and an argument unknown to it is a mistake. */
export function defineCommand<Options>(
  definition: CommandDefinition<Options>,
): CommandModule<NoGlobalOptions, Options> {
  const { command, describe, example, options, run } = definition;
  let declared: Argv<Options> | undefined;
  return {
    command,
    describe,
    builder: (yargs) => {
      // Not yargs's own examples: it breaks their lines, and nobody could copy them.
      declared = options(yargs.epilogue(`Example:\n  ${example[0]}\n      ${example[1]}`));
      return declared;
    },
    handler: async (args) => {
      const mistakes = [
        ...unknownOptions(declared!, process.argv.slice(2), command),
        ...extraArguments(args),
        ...repeatedOptions(declared!, args),
      ];
      process.exitCode = exitCode.met;
      process.exitCode = await run(args, mistakes);
    },
  };
}
