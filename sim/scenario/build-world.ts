import { populateCohorts } from "./cohort-world.ts";
import { populateMessages } from "./message-world.ts";
import type { ResolvedScenario } from "./scenario.ts";
import { ScenarioWorld } from "./scenario-world.ts";
import type { SimulatedWorld } from "./simulated-world.ts";
import type { Tables } from "./tables.ts";

/**
 * The world of one replication, in the scenario's grain.
 *
 * @throws UserMistake if the scenario names a place that the latency table does not have
 */
export const buildWorld = (
  scenario: ResolvedScenario,
  replication: number,
  tables: Tables,
): SimulatedWorld =>
  scenario.grain === "cohort"
    ? new ScenarioWorld(populateCohorts, scenario, replication, tables)
    : new ScenarioWorld(populateMessages, scenario, replication, tables);
