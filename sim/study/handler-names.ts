import type { Message } from "../engine/actor.ts";
import type { World } from "../engine/world.ts";

/** What each handler of a world is called, by its number. Asked before the world runs, it is cheap. */
export function handlerNames<M extends Message>(world: World<M>): readonly string[] {
  return world.snapshot().handlerNames.split(",");
}
