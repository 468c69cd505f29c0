import type { SimulatedWorld } from "../scenario/simulated-world.ts";

/** What each handler of a world is called, by its number. Asked before the world runs, it is cheap. */
export function handlerNames(world: Pick<SimulatedWorld["world"], "snapshot">): readonly string[] {
  return world.snapshot().handlerNames.split(",");
}
