import type { CommandModule } from "yargs";
import { placeCommand } from "./commands/place.ts";

/** All commands, in the order of `floe --help`. */
export const commands = [placeCommand] as unknown as readonly CommandModule[];
