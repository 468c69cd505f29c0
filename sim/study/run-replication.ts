import { setImmediate } from "node:timers/promises";
import { InvariantError } from "../engine/invariant.ts";
import { listFaults } from "../faults/add-faults.ts";
import { MetricsCollector } from "../metrics/collector.ts";
import { buildWorld } from "../scenario/build-world.ts";
import { UserMistake } from "../scenario/mistake.ts";
import type { SimulatedWorld } from "../scenario/simulated-world.ts";
import { ReplicationError, type ReplicationResult, type StudyCell } from "./replication.ts";

/** Pauses in a replication, at which progress is told and Ctrl-C is heard. */
const SLICES = 200;

export interface ReplicationOptions {
  /** Told the share of the horizon that has passed, 0..1. */
  readonly onProgress?: (share: number) => void;
  /** Called before the world runs, to observe it. Observing changes nothing. */
  readonly observe?: (simulated: SimulatedWorld) => void;
}

/**
 * Runs one replication from time 0 to the horizon, and on until every operation has ended. Its luck
 * is named `<seed>/<replication>`, whatever else is run beside it.
 *
 * @throws ReplicationError if anything of ours breaks
 */
export async function runReplication(
  cell: StudyCell,
  replication: number,
  { onProgress, observe }: ReplicationOptions = {},
): Promise<ReplicationResult> {
  const { scenario, tables } = cell;
  try {
    const simulated = buildWorld(scenario, replication, tables);
    const { world, nodes } = simulated;
    const { warmUp, horizon } = scenario;
    const faults = listFaults(scenario.faults);
    const collector = new MetricsCollector({ warmUp, horizon, nodes, faults });
    world.observeFacts((fact) => collector.observe(fact));
    observe?.(simulated);
    for (let slice = 1; slice <= SLICES; slice++) {
      world.runUntil(Math.floor((horizon * slice) / SLICES));
      onProgress?.(slice / SLICES);
      await setImmediate();
    }
    simulated.run();
    return {
      replication,
      seed: `${scenario.seed}/${replication}`,
      rows: collector.finish(world.engine.now, simulated.traffic()),
      eventDigest: world.eventDigest,
      factDigest: world.factDigest,
      eventCount: world.engine.eventCount,
      simulatedTime: world.engine.now,
    };
  } catch (error) {
    if (error instanceof UserMistake) throw error;
    const what =
      error instanceof InvariantError ? error.message : ((error as Error).stack ?? String(error));
    throw new ReplicationError(what, `${cell.command} --only ${replication}`);
  }
}
