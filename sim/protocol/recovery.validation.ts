import { describe, expect, it } from "vitest";
import { hours, milliseconds, seconds } from "../engine/sim-time.ts";
import type { SmallNetworkOptions } from "../testing/small-network.ts";
import { promptRecovery, redStuffShape, SmallNetwork } from "../testing/small-network.ts";
import { recoverySymbolBytes } from "./message-bytes.ts";

const ones = (count: number) => new Array<number>(count).fill(1);
const recovery = { ...promptRecovery };

describe("one lost sliver pair of mainnet's thousand shards", () => {
  // 1,001 symbols (667 and 334) with proofs of ten hashes: 337 bytes more than the symbol itself, 338
  // from 128 bytes on, 339 from 16,384 on. Sizes of Red Stuff, each byte of it.
  it.each([
    { blobBytes: 1, recoveryBytes: 339_339, pairBytes: 2_002 },
    { blobBytes: 1_000_000, recoveryBytes: 343_343, pairBytes: 6_006 },
    { blobBytes: 10_000_000, recoveryBytes: 383_383, pairBytes: 46_046 },
    { blobBytes: 100_000_000, recoveryBytes: 788_788, pairBytes: 450_450 },
    { blobBytes: 1_000_000_000, recoveryBytes: 4_832_828, pairBytes: 4_494_490 },
  ])(
    "of a blob of $blobBytes bytes costs $recoveryBytes bytes",
    ({ blobBytes, recoveryBytes, pairBytes }) => {
      const network = new SmallNetwork({
        weights: ones(1000),
        preloadedBytes: [blobBytes],
        oneWay: milliseconds(20),
        node: { recovery },
      });
      // All but surely the one shard; the metadata stays.
      network.befall(17, { kind: "lose-disk", share: 1 - 1e-12, fault: -1 }, 0);
      network.run(hours(1));
      const [details] = network.found("recovery-finished");
      expect(details).toMatchObject({ pairs: 1, symbols: 1001, bytesReceived: recoveryBytes });
      const { primaryBytes, secondaryBytes } = redStuffShape(1000).layout(blobBytes);
      expect(primaryBytes + secondaryBytes).toBe(pairBytes);
    },
  );
});

describe("a write that reached only 2f + 1 of n = 3f + 1 nodes", () => {
  const blobBytes = 100_000_000;
  const healed = (faultyMax: number, code?: SmallNetworkOptions["code"]) => {
    const n = 3 * faultyMax + 1;
    const network = new SmallNetwork({
      weights: ones(n),
      oneWay: milliseconds(20),
      node: { recovery },
      ...(code && { code }),
    });
    const missed = Array.from({ length: faultyMax }, (_, node) => node);
    for (const node of missed) network.befall(node, { kind: "crash", fault: -1 }, 0);
    network.write(0, 0, blobBytes, 1);
    for (const node of missed) network.befall(node, { kind: "restart", fault: -1 }, seconds(600));
    expect(network.audit(hours(10))).toMatchObject({ blobs: 1, incomplete: 0 });
    const each = network.found("recovery-finished");
    expect(each).toHaveLength(faultyMax);
    return each;
  };

  // Each takes f + 1 symbols for its secondary sliver and 2f + 1 for its primary one, or 2f and one of
  // its own. Large symbols: (3f + 2) |B| / ((f + 1)(2f + 1)) each, which is less than 4.5 |B| / n, and
  // over all f less than 1.5 |B|. Proofs, headers and metadata are below 2 % of it for this blob.
  it.each([4, 8, 16, 33])("heals with less than twice the blob in all, f = %i", (faultyMax) => {
    const n = 3 * faultyMax + 1;
    const { symbolBytes, metadataBytes } = redStuffShape(n).layout(blobBytes);
    const onTheWire = recoverySymbolBytes(symbolBytes, n);
    let total = 0;
    for (const { symbols, bytesReceived } of healed(faultyMax)) {
      expect([3 * faultyMax + 1, 3 * faultyMax + 2]).toContain(symbols);
      expect(bytesReceived).toBe((symbols as number) * onTheWire + metadataBytes);
      expect(bytesReceived).toBeLessThan((4.5 * 1.02 * blobBytes) / n);
      total += bytesReceived as number;
    }
    expect(total).toBeLessThan(1.5 * 1.02 * blobBytes);
  });

  it.each([4, 16])("heals with f times the blob in one dimension, f = %i", (faultyMax) => {
    const needed = faultyMax + 1;
    const primaryBytes = Math.ceil(blobBytes / needed);
    const reedSolomon = {
      shardCount: 3 * faultyMax + 1,
      primaryNeeded: needed,
      secondaryNeeded: Number.POSITIVE_INFINITY,
      writeQuorum: 2 * faultyMax + 1,
      layout: () => ({ symbolBytes: 0, primaryBytes, secondaryBytes: 0, metadataBytes: 500 }),
    };
    for (const { bytesReceived } of healed(faultyMax, reedSolomon)) {
      expect(bytesReceived).toBe(needed * (primaryBytes + 7) + 500);
    }
  });
});
