import type { CommandModule } from "yargs";
import { explainCommand } from "./commands/explain.ts";
import { listCommand } from "./commands/list.ts";
import { placeCommand } from "./commands/place.ts";
import { runCommand } from "./commands/run.ts";
import { schemaCommand } from "./commands/schema.ts";

/** All commands, in the order of `floe --help`. */
export const commands = [
  runCommand,
  placeCommand,
  listCommand,
  explainCommand,
  schemaCommand,
] as unknown as readonly CommandModule[];
