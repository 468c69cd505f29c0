import { resolveScenario } from "../scenario/resolve.ts";
import type { ResolvedScenario, ScenarioInput } from "../scenario/scenario.ts";

/** A scenario small enough for tests, with fields of its own over plain ones; throws its mistakes. */
export function smallScenario(fields: Partial<ScenarioInput> = {}): ResolvedScenario {
  const input: ScenarioInput = {
    name: "small",
    question: "Does the model hold together?",
    horizon: "2min",
    replications: 2,
    committee: {
      nodes: 13,
      shards: 31,
      stake: { kind: "zipf", exponent: 0.8 },
      places: { north: "60%", south: "40%" },
      providers: { big: "30%", small: "70%" },
    },
    network: { latency: { kind: "fixed", oneWay: "20ms" } },
    workload: {
      clients: { north: "50%", south: "50%" },
      preload: { blobs: 20, size: { kind: "log-normal", median: "20KiB", sigma: 1 } },
      reads: { rate: "1/s" },
      writes: { rate: "0.2/s", size: { kind: "log-normal", median: "20KiB", sigma: 1 } },
    },
    ...fields,
  };
  const result = resolveScenario(input);
  if (!result.ok) throw new Error(result.mistakes.join("\n"));
  return result.scenario;
}
