import { describe, expect, it } from "vitest";
import { sliversOf } from "../blob-code.suite.ts";
import { blobCode } from "../blob-code.ts";
import { fastEngine } from "../fast-engine.ts";
import { sha256 } from "../vectors/read-vectors.suite.ts";

describe("rows too large for one panel of the kernels' memory", () => {
  it("come back from repair slivers as they were", () => {
    // 5 rows of 16 MB and a bit, where 64 MiB is the limit for all of a panel.
    const code = blobCode({ scheme: "reed-solomon", dataShards: 2, totalShards: 5 }, fastEngine);
    const blob = Uint8Array.from({ length: 33_000_002 }, (_, i) => Math.imul(i, i ^ 0x5bd1) >>> 13);
    const slivers = sliversOf(code, code.encode(blob), "primary");
    const decoded = code.decode([slivers[4]!, slivers[2]!], blob.length);
    expect(decoded.ok && sha256(decoded.blob)).toBe(sha256(blob));
  });
});
