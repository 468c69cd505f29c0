import type { CommandModule } from "yargs";
import yargs from "yargs";
import { UserMistake } from "../scenario/mistake.ts";
import { simulatorVersion } from "../study/simulator-version.ts";
import { commands } from "./commands.ts";
import { exitCode } from "./exit-code.ts";
import { didYouMean } from "./nearest-name.ts";
import { reportError } from "./report-error.ts";
import { unknownOptions } from "./unknown-arguments.ts";

const EPILOGUE = `Exit codes: 0 guarantees met, 1 a guarantee broken, 2 a mistake of yours,
3 a mistake of Floe's own (with the command that replays it),
4 undecided. 'floe COMMAND --help' has an example of each.`;

/** What `floe --help` prints, 80 columns wide. The build keeps it in a file: see README.md. */
export function helpText(): Promise<string> {
  return parser([]).wrap(80).getHelp();
}

/** Runs one command and sets the exit code of the process. Never throws. */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  endQuietlyWhenNobodyReads();
  try {
    const [name] = args;
    if (name !== undefined && !name.startsWith("-")) refuseUnknownCommand(name);
    await parser(args).parseAsync();
  } catch (error) {
    process.exitCode = reportError(error);
  }
}

// yargs takes a text in singular and plural, which its types do not know.
const messages = {
  "Not enough non-option arguments: got %s, need at least %s": {
    one: "found %s argument, expected %s (--help shows which)",
    other: "found %s arguments, expected %s (--help shows which)",
  },
  "Not enough arguments following: %s": "expected a value after --%s, found none",
} as unknown as Record<string, string>;

const nameOf = ({ command }: CommandModule) => String(command).split(" ")[0]!;

function refuseUnknownCommand(name: string): void {
  const names = commands.map(nameOf);
  if (names.includes(name)) return;
  throw new UserMistake([
    `${name}: expected a command (${names.join(", ")}), found none of that name${didYouMean(name, names)}`,
  ]);
}

function parser(args: readonly string[]) {
  const program = yargs([...args])
    .scriptName("floe")
    .usage("$0 COMMAND\n\nA deterministic simulator of erasure-coded decentralized blob storage.")
    .locale("en")
    .updateStrings(messages)
    .parserConfiguration({
      "dot-notation": false,
      "camel-case-expansion": false,
      "parse-positional-numbers": false,
      "boolean-negation": false,
      "duplicate-arguments-array": true,
      "greedy-arrays": false,
    })
    .version(simulatorVersion)
    .alias("help", "h")
    .wrap(Math.min(process.stdout.columns ?? 80, 100))
    .demandCommand(1, "expected a command, found none (floe --help lists them)")
    .epilogue(EPILOGUE)
    .exitProcess(false)
    .fail((message, error) => {
      // What yargs itself objects to comes as a message, or as an error of its own.
      if (error && error.name !== "YError") throw error;
      const what = `${args[0] ?? "floe"}: ${error?.message ?? message}`;
      const command = commands.find((command) => nameOf(command) === args[0])?.command;
      throw new UserMistake([...unknownOptions(program, args, String(command ?? "")), what]);
    });
  for (const command of commands) program.command(command);
  return program;
}

// `floe list | head -1` is no failure.
function endQuietlyWhenNobodyReads(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(exitCode.met);
  });
}
