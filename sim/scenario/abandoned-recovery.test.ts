import { describe, expect, it } from "vitest";
import { seconds } from "../engine/sim-time.ts";
import type { World } from "../engine/world.ts";
import type { Mishap, WalrusMessage } from "../protocol/messages.ts";
import { smallScenario } from "../testing/small-scenario.ts";
import { buildWorld } from "./build-world.ts";

const blobBytes = 8 * 1_048_576;

/** One node of ten fetches one-dimensional slivers until something comes in between; the bytes it has got. */
function received(interrupt: (world: World<WalrusMessage>, ledger: number) => void): number {
  const scenario = smallScenario({
    horizon: "2min",
    committee: {
      nodes: 10,
      shards: 10,
      places: { north: "100%" },
      downlink: "10Mbit/s", // 8 MiB take 6.7 s.
    },
    encoding: { scheme: "reed-solomon", dataShards: 4, totalShards: 10 },
    ledger: { certify: "0s" },
    workload: { clients: { north: "100%" }, preload: { blobs: 1, size: "8MiB" } },
  });
  const simulated = buildWorld(scenario, 0, {});
  const world = simulated.world as unknown as World<WalrusMessage>;
  world.inject(0, loseDisk, seconds(1));
  world.runUntil(seconds(2));
  interrupt(world, simulated.nodes.length);
  simulated.run();
  return simulated.traffic()[0]!.receivedBytes;
}

const loseDisk: Mishap = { kind: "lose-disk", fault: -1, share: 1 };

describe("a recovery", () => {
  it("takes as much as the blob", () => {
    expect(received(() => {})).toBeGreaterThan(blobBytes);
  });

  it("takes no more of what it asked for when its blob is over", () => {
    const bytes = received((world, ledger) => {
      const proof = { node: 1, weight: 10, detectedAt: 0 };
      world.inject(ledger, { kind: "invalidate", blob: 0, ...proof }, seconds(2));
    });
    expect(bytes).toBeLessThan(0.5 * blobBytes);
  });

  it("takes all of it once when the disk is lost a second time meanwhile", () => {
    const bytes = received((world) => world.inject(0, loseDisk, seconds(4)));
    expect(bytes).toBeGreaterThan(blobBytes);
    expect(bytes).toBeLessThan(1.5 * blobBytes);
  });
});
