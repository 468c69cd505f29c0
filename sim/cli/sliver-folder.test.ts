import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { encodeFile, encodeFileOnThreads } from "./encode-file.ts";
import { restoreBlob } from "./restore-blob.ts";
import { readSliverFolder, writeSliverFolder } from "./sliver-folder.ts";
import { UserMistake } from "./user-mistake.ts";

// n = 10: 4 primary slivers restore a file, or 7 secondary ones.
const SHARDS = 10;
const content = Uint8Array.from({ length: 500 }, (_, i) => (i * i) >> 4);

let folder: string;
let slivers: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "floe-"));
  slivers = join(folder, "slivers");
  writeFileSync(join(folder, "blob"), content);
  const { encoded } = encodeFile(join(folder, "blob"), SHARDS, []);
  writeSliverFolder(slivers, encoded, SHARDS);
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
const restore = () => restoreBlob(readSliverFolder(slivers));
const mistakesOf = (work: () => unknown): readonly string[] => {
  try {
    work();
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

  it("restores the file from the last four primary slivers", () => {
    lose("primary", 0, 1, 2, 3, 4, 5);
    lose("secondary", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    const { outcome, corrupted, verified } = restore();
    expect(outcome).toEqual({ ok: true, blob: content });
    expect(corrupted).toEqual([]);
    expect(verified).toEqual({ primary: 4, secondary: 0 });
  });

  it("restores the file from seven secondary slivers", () => {
    lose("primary", 0, 1, 2, 3, 4, 5, 6);
    lose("secondary", 0, 4, 9);
    expect(restore().outcome).toEqual({ ok: true, blob: content });
  });

  it("names corrupted slivers and does without them", () => {
    corrupt("primary-0.sliver");
    corrupt("secondary-7.sliver");
    writeFileSync(join(slivers, "primary-3.sliver"), "not a sliver");
    writeFileSync(
      join(slivers, "primary-1.sliver"),
      readFileSync(join(slivers, "primary-2.sliver")),
    );
    const { outcome, corrupted } = restore();
    expect(outcome).toEqual({ ok: true, blob: content });
    expect(corrupted).toEqual([
      "primary-0.sliver",
      "primary-1.sliver",
      "primary-3.sliver",
      "secondary-7.sliver",
    ]);
  });

  it("says what is missing when neither kind suffices", () => {
    lose("primary", 0, 1, 2, 3, 4, 5);
    lose("secondary", 0, 1, 2);
    corrupt("primary-7.sliver");
    corrupt("secondary-3.sliver");
    const { outcome } = restore();
    expect(outcome).toEqual({
      ok: false,
      problem:
        "Not enough slivers to restore the file: 3 of 4 primary slivers (1 missing) " +
        "and 6 of 7 secondary slivers (1 missing). Either kind would do.",
    });
  });

  it("is worth nothing when its metadata does not lead to its blob ID", () => {
    const path = join(slivers, "metadata.json");
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace('"blobBytes": 500', '"blobBytes": 499'));
    const { outcome } = restore();
    expect(outcome.ok ? "" : outcome.problem).toContain("metadata is corrupted");
  });
});

describe("a user's mistake", () => {
  it("with a folder that is not there, or holds no metadata, is told as one", () => {
    expect(mistakesOf(() => readSliverFolder(join(folder, "none")))).toEqual([
      expect.stringContaining("no such file or folder"),
    ]);
    rmSync(join(slivers, "metadata.json"));
    expect(mistakesOf(restore)).toEqual([expect.stringContaining("metadata.json: expected")]);
    writeFileSync(join(slivers, "metadata.json"), '{"scheme": "red-stuff"}');
    expect(mistakesOf(restore)).toEqual([expect.stringContaining("shards")]);
  });

  it("in metadata of a committee or a length that cannot be is told as one", () => {
    const path = join(slivers, "metadata.json");
    const text = readFileSync(path, "utf8");
    for (const [right, wrong] of [
      ['"shards": 10', '"shards": 60000'],
      ['"shards": 10', '"shards": 3'],
      ['"blobBytes": 500', '"blobBytes": -1'],
      ['"blobBytes": 500', '"blobBytes": 0.5'],
    ] as const) {
      writeFileSync(path, text.replace(right, wrong));
      expect(mistakesOf(restore)).toEqual([expect.stringContaining("metadata.json: expected")]);
    }
    writeFileSync(path, text.replace('"blobBytes": 500', '"blobBytes": 99999999999'));
    expect(restore().outcome.ok).toBe(false);
  });

  it("with shards and file is told together", () => {
    expect(mistakesOf(() => encodeFile(join(folder, "none"), 3, []))).toEqual([
      "--shards: expected a whole number from 4 to 49155, found 3",
      expect.stringContaining("expected a file to encode"),
    ]);
  });

  it("with a file too large for so few shards names the limit", () => {
    const path = join(folder, "large");
    writeFileSync(path, new Uint8Array(393_205));
    expect(mistakesOf(() => encodeFile(path, 4, []))).toEqual([
      `${path}: expected at most 393204 bytes on 4 shards, found 393205`,
    ]);
  });

  it("with shards and file is told together on threads too", async () => {
    const path = join(folder, "none");
    await expect(encodeFileOnThreads(path, { shards: 3, workers: 2 }, [])).rejects.toThrow(
      UserMistake,
    );
  });

  it("of writing over other files is refused", () => {
    const { encoded } = encodeFile(join(folder, "blob"), SHARDS, []);
    expect(mistakesOf(() => writeSliverFolder(folder, encoded, SHARDS))).toHaveLength(1);
    expect(readFileSync(join(folder, "blob"))).toEqual(Buffer.from(content));
  });
});
