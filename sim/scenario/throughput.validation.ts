import { describe, expect, it } from "vitest";
import { seconds } from "../engine/sim-time.ts";
import { smallScenario } from "../testing/small-scenario.ts";
import { buildWorld } from "./build-world.ts";
import type { ScenarioInput } from "./scenario.ts";

// Whitepaper v1: 500 nodes of 1 Gbit/s could together serve some 500 Gbit/s of reads and take some 100
// Gbit/s of writes. A blob that is read crosses their links once, one that is written n / kP + n / kS times.
const NODES = 500;
const LINK_BYTES_PER_SECOND = 125_000_000;
const blobBytes = 4 * 1024 ** 3;
const HORIZON_SECONDS = 60;

const timesOnTheWire = { reads: 1, writes: 1000 / 334 + 1000 / 667 };

/** What becomes of operations that together take this share of all links, over a minute. */
function load(share: number, what: "reads" | "writes") {
  const all = NODES * LINK_BYTES_PER_SECOND;
  const every = (blobBytes * timesOnTheWire[what]) / (share * all);
  const arrivals = { kind: "periodic", every: `${Math.round(1e6 * every)}us` } as const;
  const workload: ScenarioInput["workload"] =
    what === "reads"
      ? { preload: { blobs: 50, size: "4GiB" }, reads: { arrivals } }
      : { writes: { arrivals, size: "4GiB" } };
  const free = { base: "0s", perMiB: "0s" } as const;
  const simulated = buildWorld(
    smallScenario({
      horizon: `${HORIZON_SECONDS}s`,
      committee: {
        nodes: NODES,
        shards: 1000,
        places: { here: "100%" },
        uplink: "1Gbit/s",
        downlink: "1Gbit/s",
        serviceTime: "0s",
        responseTime: { store: "0s", serve: "0s", perMiB: "0s" },
      },
      client: {
        uplink: "100000Gbit/s",
        downlink: "100000Gbit/s",
        // Sixteen slivers at once: a read asks for 16 of 334 more than it needs, and no more.
        dataInFlight: what === "reads" ? "200MiB" : "1TiB",
        concurrentWrites: 100_000,
        nodeConnections: 1000,
        encodeTime: free,
        decodeTime: free,
      },
      workload: { clients: { here: "100%" }, ...workload },
    }),
    0,
    {},
  );
  const begun = { early: 0, earlyDone: 0, doneBytes: 0 };
  simulated.world.observeFacts(({ fact, time, details }) => {
    if (fact === "read-started" || fact === "write-started") {
      if (time < seconds(HORIZON_SECONDS / 2)) begun.early++;
    } else if (fact === "read-finished" || fact === "write-finished") {
      expect(details.outcome).toBe("ok");
      if ((details.startedAt as number) < seconds(HORIZON_SECONDS / 2)) begun.earlyDone++;
      begun.doneBytes += details.bytes as number;
    }
  });
  simulated.world.runUntil(seconds(HORIZON_SECONDS));
  const carried = (begun.doneBytes * timesOnTheWire[what]) / (all * HORIZON_SECONDS);
  return { ...begun, carried };
}

describe("500 nodes of 1 Gbit/s", () => {
  it.each(["reads", "writes"] as const)("keep up with %s for nine tenths of all links", (what) => {
    const { early, earlyDone } = load(0.9, what);
    expect(early).toBeGreaterThan(50);
    expect(earlyDone).toBe(early);
  });

  it.each(["reads", "writes"] as const)("carry no more %s than all links do", (what) => {
    const { early, earlyDone, carried } = load(1.3, what);
    expect(earlyDone).toBeLessThan(early);
    expect(carried).toBeLessThanOrEqual(1);
  });
});
