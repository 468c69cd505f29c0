import { describe, expect, it } from "vitest";
import { milliseconds, seconds } from "../engine/sim-time.ts";
import { SmallNetwork } from "../testing/small-network.ts";

// Ten nodes of one shard: n = 10, f = 3, so 7 confirmations certify.
const ten = new Array<number>(10).fill(1);

function writeOnce(options: Omit<ConstructorParameters<typeof SmallNetwork>[0], "weights">) {
  const network = new SmallNetwork({ weights: ten, ...options });
  network.write(0, 0, 1_000_000);
  network.run(seconds(36_000));
  const finished = network.found("write-finished");
  expect(finished).toHaveLength(1);
  return { network, write: finished[0]! };
}

describe("a write", () => {
  it("is a status check, an upload of metadata and slivers, a confirmation and a certificate", () => {
    const { write, network } = writeOnce({ oneWay: milliseconds(20) });
    expect(write).toMatchObject({
      outcome: "ok",
      statusMicroseconds: milliseconds(40),
      // Whether the metadata is there, metadata, slivers.
      uploadMicroseconds: milliseconds(120),
      tailMicroseconds: 0, // All ten ended at one instant, before a tail could begin.
      confirmMicroseconds: milliseconds(40),
    });
    expect(network.found("blob-certified")).toEqual([{ blob: 0, bytes: 1_000_000 }]);
  });

  it("succeeds with f nodes dead, after a tail of half the upload and half a second", () => {
    const { write } = writeOnce({ oneWay: milliseconds(20), down: [0, 4, 9] });
    expect(write.outcome).toBe("ok");
    expect(write.tailMicroseconds).toBe(milliseconds(0.5 * 120 + 500));
    expect(write.weight).toBe(7);
  });

  it("does not begin to pay when more than f nodes do not answer for the status", () => {
    const { write } = writeOnce({ down: [0, 4, 8, 9] });
    expect(write.outcome).toBe("not-enough-status");
    expect(write.registerMicroseconds).toBe(0);
  });

  it("gives up when f + 1 nodes never confirm, after two more rounds of upload", () => {
    const client = { statusCheck: false };
    const { write } = writeOnce({ down: [0, 4, 8, 9], client });
    expect(write.outcome).toBe("not-enough-confirmations");
    expect(write.reuploads).toBe(2);
  });

  it("is certified though f nodes only pretend to store", () => {
    const liar = "sign-without-storing" as const;
    const { write, network } = writeOnce({ liars: { 0: liar, 1: liar, 2: liar } });
    expect(write.outcome).toBe("ok");
    network.read(0, 0, seconds(36_000));
    network.run(seconds(40_000));
    expect(network.found("read-finished")[0]?.outcome).toBe("ok");
  });

  it("is judged by what nodes have when it comes to them again, and sends no large sliver twice", () => {
    const sent = [5560, Number.POSITIVE_INFINITY].map((statusCheckThreshold) => {
      // Four nodes crash when they have stored everything, and are back for the second round.
      const backoff = { min: seconds(1), max: seconds(30), retries: 0, jitter: 0 };
      const client = { statusCheck: false, statusCheckThreshold, backoff };
      const network = new SmallNetwork({ weights: ten, oneWay: milliseconds(20), client });
      for (const node of [0, 4, 8, 9]) {
        // Registered at 40 ms, metadata stored at 100 ms, slivers at 140 ms, asked to confirm from 160 ms on.
        network.befall(node, { kind: "crash", fault: -1 }, milliseconds(150));
        network.befall(node, { kind: "restart", fault: -1 }, seconds(1));
      }
      network.write(0, 0, 1_000_000);
      network.run(seconds(60));
      const [write] = network.found("write-finished");
      expect(write).toMatchObject({ outcome: "ok", reuploads: 1, weight: 7 });
      return write!.bytesSent as number;
    });
    const metadata = 100 + 66 * 10 + 12;
    // Symbols of 35,716 bytes: 4 + 7 of them in a pair, behind two headers of 7.
    const pair = 100 + 11 * 35_716 + 2 * 7;
    expect(sent).toEqual([10 * metadata + 10 * pair, 10 * metadata + 14 * pair]);
  });

  it("retries while a node has not seen the registration", () => {
    const { write } = writeOnce({ oneWay: milliseconds(20), propagation: milliseconds(500) });
    // Metadata comes 60 ms after the registration and is refused; again a second after the refusal.
    expect(write.outcome).toBe("ok");
    expect(write.uploadMicroseconds).toBe(milliseconds(40 + 40 + 1000 + 40 + 40));
  });

  it("does not come too early to a node that hears of the registration while it is asked for the metadata", () => {
    const { write } = writeOnce({ oneWay: milliseconds(20), propagation: milliseconds(59) });
    expect(write.uploadMicroseconds).toBe(milliseconds(3 * 40));
  });

  it("sends every node its share of the encoded blob and the metadata", () => {
    const { write } = writeOnce({});
    // n = 10 and 1 MB: symbols of ceil(1e6 / 28) = 35,715, so 35,716 bytes; pairs of 4 + 7 symbols,
    // 2 x 7 bytes of framing a pair and 100 a request, and 66 n + 12 bytes of metadata.
    const pair = 11 * 35_716 + 14;
    expect(write.bytesSent).toBe(10 * (pair + 100 + 672 + 100));
  });

  it("sends slivers in waves when permits are few", () => {
    const { write } = writeOnce({ oneWay: milliseconds(20), client: { concurrentWrites: 2 } });
    expect(write.outcome).toBe("ok");
    // The question and metadata at once, then ten pairs one after another; after seven a tail begins.
    expect(write.uploadMicroseconds).toBe(milliseconds(40 + 40 + 7 * 40));
  });
});
