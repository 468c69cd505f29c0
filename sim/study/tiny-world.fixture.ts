import type { Actor, Context, Message } from "../engine/actor.ts";
import { milliseconds, seconds } from "../engine/sim-time.ts";
import { World } from "../engine/world.ts";
import type { SimulatedWorld } from "../scenario/simulated-world.ts";

interface Tick extends Message {
  readonly kind: "tick";
}

/** When the world of {@link tinyWorld} ends; it has one more event after that. */
export const tinyHorizon = seconds(10);

/**
 * A clock that ticks every 10 ms and records a fact every tenth time, drawing luck as it goes.
 *
 * @param oddTick the one tick that records another fact, so that two worlds part there
 */
export function tinyWorld(oddTick = -1): SimulatedWorld {
  const world = new World<Tick>({
    seed: "tiny",
    build: (building) => {
      const clock: Actor<Tick, { ticks: number }> = {
        name: "clock",
        state: { ticks: 0 },
        start: wakeNext,
        receive: (_, __, context) => {
          const tick = ++clock.state.ticks;
          const luck = context.random("luck")();
          if (tick % 10 === 0 || tick === oddTick) context.record("ticked", { tick, luck });
          if (context.now <= tinyHorizon) wakeNext(context);
        },
      };
      building.add(clock);
    },
  });
  return {
    world,
    run: () => world.runUntil(tinyHorizon + seconds(1)),
  } as unknown as SimulatedWorld;
}

function wakeNext(context: Context<Tick>): void {
  context.wake(milliseconds(10), { kind: "tick" });
}
