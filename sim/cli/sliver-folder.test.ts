import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { blobCode } from "../codec/blob-code.ts";
import { sameBytes } from "../codec/bytes.ts";
import { defaultEngine } from "../codec/default-engine.ts";
import { misEncode } from "../codec/red-stuff/mis-encode.ts";
import { redStuff } from "../codec/red-stuff/red-stuff.ts";
import { writeSliver } from "../codec/red-stuff/serialization.ts";
import { encodeFile } from "./encode-file.ts";
import { restoreBlob } from "./restore-blob.ts";
import { readSliverFolder } from "./sliver-folder.ts";
import { UserMistake } from "./user-mistake.ts";

// n = 10: 4 primary slivers restore a file, or 7 secondary ones.
const SHARDS = 10;
const content = Uint8Array.from({ length: 500 }, (_, i) => (i * i) >> 4);

let folder: string;
let slivers: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "floe-"));
  slivers = join(folder, "slivers");
  writeFileSync(join(folder, "blob"), content);
  await encode("blob", { out: slivers });
});

afterEach(() => rmSync(folder, { recursive: true }));

const lose = (axis: string, ...indices: number[]) => {
  for (const index of indices) rmSync(join(slivers, `${axis}-${index}.sliver`));
};
const corrupt = (name: string) => {
  const bytes = readFileSync(join(slivers, name));
  bytes[5]! ^= 1;
  writeFileSync(join(slivers, name), bytes);
};
const encode = (name: string, options: Partial<Parameters<typeof encodeFile>[1]> = {}) =>
  encodeFile(join(folder, name), { shards: SHARDS, workers: 1, ...options }, []);
const restore = async () => restoreBlob(readSliverFolder(slivers), { workers: 1 });
const mistakesOf = async (work: () => unknown): Promise<readonly string[]> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof UserMistake) return error.mistakes;
    throw error;
  }
  return [];
};

describe("a folder of slivers", () => {
  it("has a file for each sliver, and one that tells them apart from bad ones", () => {
    const names = readdirSync(slivers);
    expect(names).toHaveLength(2 * SHARDS + 1);
    expect(names).toEqual(
      expect.arrayContaining(["metadata.json", "primary-0.sliver", "secondary-9.sliver"]),
    );
  });

  it("restores the file from the last four primary slivers", async () => {
    lose("primary", 0, 1, 2, 3, 4, 5);
    lose("secondary", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    const { blob, corrupted, verified } = await restore();
    expect(blob).toEqual(content);
    expect(corrupted).toEqual([]);
    expect(verified).toEqual({ primary: 4, secondary: 0 });
  });

  it("restores the file from seven secondary slivers", async () => {
    lose("primary", 0, 1, 2, 3, 4, 5, 6);
    lose("secondary", 0, 4, 9);
    expect(await restore()).toMatchObject({ outcome: { ok: true }, blob: content });
  });

  it("names corrupted slivers and does without them", async () => {
    corrupt("primary-0.sliver");
    corrupt("secondary-7.sliver");
    writeFileSync(join(slivers, "primary-3.sliver"), "not a sliver");
    writeFileSync(
      join(slivers, "primary-1.sliver"),
      readFileSync(join(slivers, "primary-2.sliver")),
    );
    const { blob, corrupted } = await restore();
    expect(blob).toEqual(content);
    expect(corrupted).toEqual([
      "primary-0.sliver",
      "primary-1.sliver",
      "primary-3.sliver",
      "secondary-7.sliver",
    ]);
  });

  it("says what is missing when neither kind suffices", async () => {
    lose("primary", 0, 1, 2, 3, 4, 5);
    lose("secondary", 0, 1, 2);
    corrupt("primary-7.sliver");
    corrupt("secondary-3.sliver");
    const { outcome } = await restore();
    expect(outcome).toEqual({
      ok: false,
      problem:
        "Not enough slivers to restore the file: 3 of 4 primary slivers (1 missing) " +
        "and 6 of 7 secondary slivers (1 missing). Either kind would do.",
    });
  });

  it("is worth nothing when its metadata does not lead to its blob ID", async () => {
    const path = join(slivers, "metadata.json");
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace('"blobBytes": 500', '"blobBytes": 499'));
    const { outcome } = await restore();
    expect(outcome.ok ? "" : outcome.problem).toContain("metadata is corrupted");
  });
});

describe("a user's mistake", () => {
  it("with a folder that is not there, or holds no metadata, is told as one", async () => {
    expect(await mistakesOf(() => readSliverFolder(join(folder, "none")))).toEqual([
      expect.stringContaining("no such file or folder"),
    ]);
    rmSync(join(slivers, "metadata.json"));
    expect(await mistakesOf(restore)).toEqual([expect.stringContaining("metadata.json: expected")]);
    writeFileSync(join(slivers, "metadata.json"), '{"scheme": "red-stuff"}');
    expect(await mistakesOf(restore)).toEqual([expect.stringContaining("shards")]);
  });

  it("in metadata of a committee or a length that cannot be is told as one", async () => {
    const path = join(slivers, "metadata.json");
    const text = readFileSync(path, "utf8");
    for (const [right, wrong] of [
      ['"shards": 10', '"shards": 60000'],
      ['"shards": 10', '"shards": 3'],
      ['"blobBytes": 500', '"blobBytes": -1'],
      ['"blobBytes": 500', '"blobBytes": 0.5'],
    ] as const) {
      writeFileSync(path, text.replace(right, wrong));
      expect(await mistakesOf(restore)).toEqual([
        expect.stringContaining("metadata.json: expected"),
      ]);
    }
    writeFileSync(path, text.replace('"blobBytes": 500', '"blobBytes": 99999999999'));
    expect((await restore()).outcome.ok).toBe(false);
  });

  it("with shards and file is told together", async () => {
    expect(await mistakesOf(() => encode("none", { shards: 3 }))).toEqual([
      "--shards: expected a whole number from 4 to 49155, found 3",
      expect.stringContaining("expected a file to encode"),
    ]);
  });

  it("with a file too large for so few shards names the limit", async () => {
    const path = join(folder, "large");
    writeFileSync(path, new Uint8Array(393_205));
    expect(await mistakesOf(() => encode("large", { shards: 4 }))).toEqual([
      `${path}: expected at most 393204 bytes on 4 shards, found 393205`,
    ]);
  });

  it("of writing over other files is refused", async () => {
    expect(await mistakesOf(() => encode("blob", { out: folder }))).toHaveLength(1);
    expect(readFileSync(join(folder, "blob"))).toEqual(Buffer.from(content));
  });
});

describe("a file encoded and restored part by part", () => {
  // Symbols of 2, 4 and 66 bytes, and larger ones; blobs of nothing, of a byte, exactly full, and one byte more.
  const full = (shards: number, symbolBytes: number) => {
    const code = blobCode({ scheme: "red-stuff", shards });
    return code.primaryNeeded * code.secondaryNeeded * symbolBytes;
  };
  it.each([
    { shards: 4, blobBytes: 0, partBytes: 1, workers: 1 },
    { shards: 7, blobBytes: 1, partBytes: 20, workers: 2 },
    { shards: 10, blobBytes: full(10, 66), partBytes: 1000, workers: 1 },
    { shards: 10, blobBytes: full(10, 2) + 1, partBytes: 100, workers: 1 },
    { shards: 31, blobBytes: 300_000, partBytes: 50_000, workers: 1 },
    { shards: 100, blobBytes: 50_000, partBytes: 2000, workers: 2 },
    { shards: 130, blobBytes: full(130, 4), partBytes: 2 ** 25, workers: 1 },
  ])(
    "is what it is in memory: $blobBytes bytes, n = $shards, $workers threads",
    async ({ shards, blobBytes, partBytes, workers }) => {
      const blob = Uint8Array.from(
        { length: blobBytes },
        (_, i) => Math.imul(i, i ^ 0x5bd1) >>> 13,
      );
      writeFileSync(join(folder, "blob"), blob);
      const code = blobCode({ scheme: "red-stuff", shards });
      const encoded = code.encode(blob);
      const out = join(folder, "parts");
      const options = { workers, partBytes };
      const { metadata } = await encode("blob", { ...options, shards, out });
      expect(metadata).toEqual(encoded.metadata);
      const withoutSlivers = await encode("blob", { ...options, shards });
      expect(withoutSlivers.metadata).toEqual(encoded.metadata);

      const { files, ...read } = readSliverFolder(out);
      expect(files).toHaveLength(2 * shards);
      const { symbolBytes } = encoded.layout;
      for (const { name, axis, index } of files) {
        const written = writeSliver({ index, data: encoded[axis](index) }, symbolBytes);
        expect(sameBytes(readFileSync(join(out, name)), written)).toBe(true);
      }
      // From what is hardest: the last slivers.
      const last = (axis: string, count: number) =>
        files.filter((file) => file.axis === axis).slice(-count);
      const restored = join(folder, "restored");
      const primary = { ...read, files: last("primary", code.primaryNeeded) };
      expect((await restoreBlob(primary, { ...options, out: restored })).outcome.ok).toBe(true);
      expect(sameBytes(readFileSync(restored), blob)).toBe(true);
      const secondary = { ...read, files: last("secondary", code.secondaryNeeded) };
      expect(sameBytes((await restoreBlob(secondary, options)).blob!, blob)).toBe(true);
    },
  );

  it("leaves no file where the slivers do not fit together", async () => {
    // A cheat's metadata, which commits to a primary sliver that fits no others.
    const code = redStuff(SHARDS, defaultEngine);
    const blob = blobCode({ scheme: "red-stuff", shards: SHARDS }).encode(content);
    const foreign = { axis: "primary", first: 9, count: 1 } as const;
    const cheat = misEncode(code, blob, foreign, (_, tries, bytes) =>
      Uint8Array.from({ length: bytes }, (_, i) => i * 31 + tries + 1),
    );
    const sliver = writeSliver({ index: 9, data: cheat.primary(9) }, cheat.layout.symbolBytes);
    writeFileSync(join(slivers, "primary-9.sliver"), sliver);
    lose("primary", 0, 1, 2, 3, 4, 5);
    const { files, ...read } = readSliverFolder(slivers);
    const options = { workers: 1, out: join(folder, "restored") };
    const { outcome } = await restoreBlob({ ...read, files, metadata: cheat.metadata }, options);
    expect(outcome.ok ? "" : outcome.problem).toContain("was encoded wrongly");
    expect(readdirSync(folder).sort()).toEqual(["blob", "slivers"]);
  });
});
