import type { ActorId } from "../engine/actor.ts";
import type { SimTime } from "../engine/sim-time.ts";
import type { WatchedRecovery } from "../faults/add-faults.ts";
import type { FaultMessage } from "../faults/fault-message.ts";

/** All operations have ended: lets the world run on until all is recovered, or it is too late. */
export function awaitRecovery(
  recovery: WatchedRecovery | undefined,
  world: {
    now(): SimTime;
    tell(actor: ActorId, message: FaultMessage): void;
    runUntil(time: SimTime): void;
  },
): void {
  if (recovery === undefined) return;
  const { actor, watch } = recovery;
  world.tell(actor, { kind: "run-over" });
  world.runUntil(world.now());
  while (!watch.state.isOver) world.runUntil(world.now() + watch.every);
}
