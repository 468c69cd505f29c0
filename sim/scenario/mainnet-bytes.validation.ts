import { describe, expect, it } from "vitest";
import type { Fact } from "../engine/actor.ts";
import { smallScenario } from "../testing/small-scenario.ts";
import { troubles } from "../testing/troubles.ts";
import { buildWorld } from "./build-world.ts";
import type { ScenarioInput } from "./scenario.ts";

// The shape of the main network, and few but real blobs: each read is encoded, hashed, verified and
// decoded by the codec where the payload is bytes.
const mainnet: Partial<ScenarioInput> = {
  committee: {
    nodes: 105,
    shards: 1000,
    stake: { kind: "zipf", exponent: 0.5 },
    places: { north: "60%", south: "40%" },
    providers: { big: "30%", small: "70%" },
    // With proofs for 667 symbols a sliver, recovery of real bytes is for small committees.
    recovery: { enabled: false },
  },
};

const demand = {
  clients: { north: "50%", south: "50%" },
  preload: { blobs: 3, size: "300kB" },
  reads: { arrivals: { kind: "periodic", every: "12s" } },
  writes: { arrivals: { kind: "periodic", every: "50s" }, size: "300kB" },
} as const;

/** A trouble with few blobs, for each is encoded a thousand ways: what it does to them is kept. */
function sparse({ workload, faults = [], ...rest }: Partial<ScenarioInput>) {
  const cheats =
    workload === undefined ? {} : { misEncoding: { share: "50%", slivers: 3 } as const };
  const every = workload === undefined ? "50s" : "12s";
  const writes = { ...demand.writes, ...cheats, arrivals: { kind: "periodic", every } } as const;
  return {
    ...rest,
    workload: { ...demand, writes },
    faults: faults.map((fault) =>
      "kind" in fault && fault.kind === "small-blob-flood"
        ? { ...fault, rate: "0.2/s" as const }
        : fault,
    ),
  } as const;
}

function run(fields: Partial<ScenarioInput>) {
  const simulated = buildWorld(smallScenario({ ...mainnet, ...sparse(fields) }), 0, {});
  const finished: Fact[] = [];
  let cheats = 0;
  simulated.world.observeFacts((fact) => {
    if (fact.fact === "mis-encoded") cheats++;
    if (fact.fact.endsWith("-finished")) finished.push(fact);
  });
  simulated.run();
  return { finished, cheats, digest: simulated.world.factDigest };
}

describe("real bytes and counted ones, at a thousand shards", () => {
  it.each(Object.entries(troubles))("say the same of %s", (_, fields) => {
    const counted = run(fields);
    const bytes = run({ ...fields, payload: "bytes" });
    expect(bytes.finished.map(({ details }) => details.outcome)).toEqual(
      counted.finished.map(({ details }) => details.outcome),
    );
    expect(bytes.digest).toBe(counted.digest);
    expect(counted.finished.length).toBeGreaterThanOrEqual(10);
    // Few demands are not none: whoever cheats, does.
    expect(bytes.cheats > 0).toBe(fields.workload !== undefined);
  });
});
