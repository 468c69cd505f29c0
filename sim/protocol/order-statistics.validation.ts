import { describe, expect, it } from "vitest";
import type { Distribution } from "../engine/distribution.ts";
import { seconds } from "../engine/sim-time.ts";
import type { SmallNetworkOptions } from "../testing/small-network.ts";
import { redStuffShape, SmallNetwork } from "../testing/small-network.ts";
import type { CodeShape } from "./placement.ts";

// Requests with independent exponential service of mean 1 s and no limit of bandwidth: the latency of
// an operation is an order statistic with a closed form. Times are in seconds.
const exponential: Distribution = { kind: "exponential", mean: seconds(1) };
const still: Distribution = { kind: "constant", value: 0 };
const noTime = {
  status: still,
  metadata: still,
  store: still,
  serve: still,
  confirm: still,
  perMiB: 0,
};

const harmonic = (n: number) => {
  let sum = 0;
  for (let i = n; i >= 1; i--) sum += 1 / i;
  return sum;
};
const harmonicSquares = (n: number) => {
  let sum = 0;
  for (let i = n; i >= 1; i--) sum += 1 / (i * i);
  return sum;
};

/** Mean and variance of the k-th of n exponentials. */
const kthOf = (k: number, n: number) => ({
  mean: harmonic(n) - harmonic(n - k),
  variance: harmonicSquares(n) - harmonicSquares(n - k),
});

const REPEATS = 300;
const ones = (count: number, weight = 1) => new Array<number>(count).fill(weight);

function reads(options: SmallNetworkOptions) {
  const network = new SmallNetwork({
    ...options,
    node: { responseTime: { ...noTime, serve: exponential } },
    preloadedBytes: [1000],
  });
  for (let read = 0; read < REPEATS; read++) network.read(read, 0, read * seconds(100));
  network.run(REPEATS * seconds(100));
  const finished = network.found("read-finished");
  expect(finished).toHaveLength(REPEATS);
  return finished;
}

function writes(options: SmallNetworkOptions) {
  const network = new SmallNetwork({
    ...options,
    node: { responseTime: { ...noTime, store: exponential } },
    client: { nodeConnections: 1e6, statusCheck: false },
  });
  for (let write = 0; write < REPEATS; write++)
    network.write(write, write, 1000, write * seconds(100));
  network.run(REPEATS * seconds(100));
  const finished = network.found("write-finished");
  expect(finished).toHaveLength(REPEATS);
  return finished;
}

const inSeconds = (details: readonly Record<string, unknown>[], key: string) =>
  details.map((each) => (each[key] as number) / seconds(1));

const meanOf = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

/** Four standard errors of the mean of `REPEATS` draws: missed by luck once in 16,000 checks. */
const tolerance = (variance: number) => 4 * Math.sqrt(variance / REPEATS);

const mds = (shardCount: number, primaryNeeded: number): CodeShape & { writeQuorum: number } => ({
  ...redStuffShape(shardCount),
  primaryNeeded,
});

describe("a sliding window of 334 requests, stopped at 334 successes (Q1)", () => {
  // A Poisson stream of 334 completions a second: the 334th is Erlang, k / C and sqrt(k) / C.
  const latencies = inSeconds(reads({ weights: ones(1000) }), "sliversMicroseconds");

  it("takes one mean service time", () => {
    expect(Math.abs(meanOf(latencies) - 1)).toBeLessThan(tolerance(334 / 334 ** 2));
  });

  it("spreads by a 1/18 of it", () => {
    const mean = meanOf(latencies);
    const deviation = Math.sqrt(
      latencies.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (REPEATS - 1),
    );
    // Standard error of a standard deviation: sigma / sqrt(2 (N - 1)).
    const sigma = Math.sqrt(334) / 334;
    expect(Math.abs(deviation - sigma)).toBeLessThan((4 * sigma) / Math.sqrt(2 * (REPEATS - 1)));
  });
});

it("334 requests that must all answer take H(334) (Q2)", () => {
  const { mean, variance } = kthOf(334, 334);
  expect(mean).toBeCloseTo(6.39, 2);
  const latencies = inSeconds(
    reads({ weights: ones(334), code: mds(334, 334) }),
    "sliversMicroseconds",
  );
  expect(Math.abs(meanOf(latencies) - mean)).toBeLessThan(tolerance(variance));
});

it("the first 334 of 1000 asked at once take H(1000) - H(666) (Q3)", () => {
  const { mean, variance } = kthOf(334, 1000);
  expect(mean).toBeCloseTo(0.4062, 4);
  const client = { sliverReads: 1000 };
  const latencies = inSeconds(reads({ weights: ones(1000), client }), "sliversMicroseconds");
  expect(Math.abs(meanOf(latencies) - mean)).toBeLessThan(tolerance(variance));
});

it("a write quorum of 667 of 1000 nodes takes H(1000) - H(333) (Q4)", () => {
  const { mean, variance } = kthOf(667, 1000);
  expect(mean).toBeCloseTo(1.0986, 3);
  const latencies = inSeconds(writes({ weights: ones(1000) }), "uploadMicroseconds");
  expect(Math.abs(meanOf(latencies) - mean)).toBeLessThan(tolerance(variance));
});

describe("a hundred equal nodes of ten shards (Q5)", () => {
  it("have 67 stored after H(100) - H(33)", () => {
    const { mean, variance } = kthOf(67, 100);
    expect(mean).toBeCloseTo(1.0986, 1);
    const latencies = inSeconds(writes({ weights: ones(100, 10) }), "uploadMicroseconds");
    expect(Math.abs(meanOf(latencies) - mean)).toBeLessThan(tolerance(variance));
  });

  it("have 34 answered, asked at once, after H(100) - H(66)", () => {
    const { mean, variance } = kthOf(34, 100);
    expect(mean).toBeCloseTo(0.413, 3);
    const client = { sliverReads: 1000 };
    const latencies = inSeconds(reads({ weights: ones(100, 10), client }), "sliversMicroseconds");
    expect(Math.abs(meanOf(latencies) - mean)).toBeLessThan(tolerance(variance));
  });
});

it("a window over nodes that fail with q launches 334 / (1 - q) + 334 requests, less one (Q6)", () => {
  // A fifth of the nodes lie: their slivers come in the same time and do not verify.
  const liars = Object.fromEntries(ones(200).map((_, i) => [i * 5, "wrong-bytes"] as const));
  const finished = reads({ weights: ones(1000), liars });
  // All completions up to the 334th good one, and the 333 requests left open with the last one; three
  // are for metadata, and at most a few more where liars were asked for it.
  const launched = finished.map(({ requests }) => requests as number);
  // Without replacement: completions until 334 of 800 good among 1000 have mean 334 x 1001 / 801, and
  // a variance below that of the negative binomial, 334 q / (1 - q)^2 = 104.
  const completions = (334 * 1001) / 801;
  const metadata = meanOf(launched) - completions - 333;
  expect(metadata).toBeGreaterThan(3 - tolerance(104));
  // Each metadata answer is a lie with 1/5, and then one more node is asked.
  expect(metadata).toBeLessThan(3 + 1 + tolerance(104));
});

it("a write stores for 1.5 times what a quorum takes, and half a second (Q7)", () => {
  for (const write of writes({ weights: ones(100, 10) })) {
    const { uploadMicroseconds, tailMicroseconds } = write as Record<string, number>;
    const bound = Math.round(0.5 * uploadMicroseconds!) + seconds(0.5);
    // Shorter only where all nodes have stored before.
    expect(tailMicroseconds).toBeLessThanOrEqual(bound);
  }
  const [write] = writes({ weights: ones(100, 10), down: [3] });
  const { uploadMicroseconds, tailMicroseconds } = write as Record<string, number>;
  expect(tailMicroseconds).toBe(Math.round(0.5 * uploadMicroseconds!) + seconds(0.5));
});
