import type { ScenarioInput } from "./scenario.ts";

/** Lets the compiler check a scenario's fields and units. Returns it as it is. */
export const defineScenario = (scenario: ScenarioInput): ScenarioInput => scenario;
