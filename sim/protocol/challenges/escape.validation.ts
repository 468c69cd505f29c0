import { describe, expect, it } from "vitest";
import { hours, minutes } from "../../engine/sim-time.ts";
import { SmallNetwork } from "../../testing/small-network.ts";

const ten = new Array<number>(10).fill(1);

/** How often nodes that keep a share of their blobs pass light challenges of `blobs` each. */
function escapes(share: number, blobs: number, challenges: number) {
  const network = new SmallNetwork({
    weights: ten,
    preloadedBytes: new Array<number>(20_000).fill(1000),
    challenges: {
      policy: "light",
      period: hours(1),
      blobs,
      hush: 0,
      deadline: minutes(1),
      late: { share: 0, delay: 0 },
    },
  });
  for (const salt of [0, 1, 2]) {
    const lies = [{ kind: "keep-share", share, salt } as const];
    network.befall(salt, { kind: "behave", lies, fault: 0 }, 0);
  }
  network.run(hours(challenges) + minutes(2));
  const finished = network.found("challenge-finished");
  expect(finished).toHaveLength(10 * challenges);
  const ofCheats = finished.filter(({ node }) => (node as number) < 3);
  const honest = finished.filter(({ node }) => (node as number) >= 3);
  expect(honest.every(({ passed }) => passed === 1)).toBe(true);
  return ofCheats.filter(({ passed }) => passed === 1).length / ofCheats.length;
}

describe("a node that keeps a share p of its blobs passes a light challenge of m with p^m (A17)", () => {
  // Of 20,000 blobs a node keeps p, give or take sqrt(p (1 - p) / 20,000): times m / p, the relative
  // error of p^m, over three nodes. Beside it, the binomial's own.
  it.each([
    { share: 0.9, blobs: 10, challenges: 200 },
    { share: 0.99, blobs: 70, challenges: 200 },
    { share: 0.5, blobs: 2, challenges: 200 },
  ])("p = $share, m = $blobs", ({ share, blobs, challenges }) => {
    const expected = share ** blobs;
    const drawing = Math.sqrt((expected * (1 - expected)) / (3 * challenges));
    const kept = Math.sqrt((share * (1 - share)) / 20_000 / 3);
    const error = Math.hypot(drawing, (expected * blobs * kept) / share);
    expect(Math.abs(escapes(share, blobs, challenges) - expected)).toBeLessThan(4 * error);
  });

  it("never passes one of as many as the whitepaper asks for", () => {
    // 0.9^640 = 5.2e-30.
    expect(escapes(0.9, 640, 20)).toBe(0);
  });
});
