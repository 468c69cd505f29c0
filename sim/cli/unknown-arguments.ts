import type { Argv } from "yargs";
import { didYouMean } from "./nearest-name.ts";

/** The method that yargs has and its types leave out. */
interface DeclaredOptions {
  /** All options declared so far; of them, the aliases, and those that may be given many times. */
  getOptions(): {
    readonly key: Readonly<Record<string, unknown>>;
    readonly alias: Readonly<Record<string, readonly string[]>>;
    readonly array: readonly string[];
  };
}

/**
 * One line for each option given that the command does not have, with the nearest that it has. Looks
 * at the command line itself, so that it can also be asked when yargs has given up on it.
 *
 * @param command as yargs writes it: what it says of positional arguments is no option to suggest
 */
export function unknownOptions(
  yargs: Argv,
  commandLine: readonly string[],
  command: string,
): string[] {
  const { key, alias } = declaredOptions(yargs);
  const known = [...Object.keys(key), ...Object.values(alias).flat()];
  const positional = Array.from(command.matchAll(/[<[](\w+)/g), ([, name]) => name);
  const names = known
    .filter((name) => name.length > 1 && !positional.includes(name))
    .map((name) => `--${name}`);
  return commandLine
    .filter((argument) => /^--?[a-z]/i.test(argument))
    .map((argument) => argument.replace(/=.*/s, ""))
    .filter((option) => !known.includes(option.replace(/^--?/, "")))
    .map(
      (option) =>
        `${option}: expected an option of this command, found none of that name` +
        didYouMean(option, names),
    );
}

/** One line for each argument too many, if `args` is what yargs made of the command line. */
export function extraArguments(args: { readonly _: readonly (string | number)[] }): string[] {
  return args._.slice(1).map((argument) => `${argument}: expected no further argument, found one`);
}

/** One line for each option given twice that has one value. */
export function repeatedOptions(yargs: Argv, args: Readonly<Record<string, unknown>>): string[] {
  const { key, array } = declaredOptions(yargs);
  return Object.keys(key).flatMap((name) => {
    const value = args[name];
    if (!Array.isArray(value) || array.includes(name)) return [];
    return [`--${name}: expected once, found ${value.length} times`];
  });
}

const declaredOptions = (yargs: Argv) => (yargs as unknown as DeclaredOptions).getOptions();
