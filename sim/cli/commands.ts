import type { CommandModule } from "yargs";
import { checkCommand } from "./commands/check.ts";
import { decodeCommand } from "./commands/decode.ts";
import { diffCommand } from "./commands/diff.ts";
import { encodeCommand } from "./commands/encode.ts";
import { explainCommand } from "./commands/explain.ts";
import { initCommand } from "./commands/init.ts";
import { listCommand } from "./commands/list.ts";
import { placeCommand } from "./commands/place.ts";
import { replayCommand } from "./commands/replay.ts";
import { reportCommand } from "./commands/report.ts";
import { runCommand } from "./commands/run.ts";
import { schemaCommand } from "./commands/schema.ts";
import { sweepCommand } from "./commands/sweep.ts";

/** All commands, in the order of `floe --help`. */
export const commands = [
  runCommand,
  sweepCommand,
  checkCommand,
  replayCommand,
  diffCommand,
  reportCommand,
  initCommand,
  listCommand,
  explainCommand,
  schemaCommand,
  encodeCommand,
  decodeCommand,
  placeCommand,
] as unknown as readonly CommandModule[];
