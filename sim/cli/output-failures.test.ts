import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ended, FloeFolder } from "./floe.fixture.ts";

let folder: FloeFolder;

beforeEach(() => {
  folder = new FloeFolder();
  folder.scenario("small");
});

afterEach(() => folder.remove());

const names = () => readdirSync(folder.path).sort();

describe("results that cannot be written", () => {
  it("to a folder below a file: told before the run, nothing left behind", async () => {
    const { code, stderr } = await folder.floe("run", "small.json", "--out", "small.json/out");
    expect(stderr).toMatch(
      /^small\.json\/out: expected a folder that can be written, found: [^\n]+\n$/,
    );
    expect(code).toBe(2);
    expect(names()).toEqual(["small.json"]);
  });

  it("to a file below a file, as what a decoded blob is restored to", async () => {
    writeFileSync(join(folder.path, "blob"), "some bytes");
    await folder.floe("encode", "blob", "--shards", "4", "--out", "slivers");
    const { code, stderr } = await folder.floe("decode", "slivers", "--out", "blob/restored");
    expect(stderr).toMatch(
      /^blob\/restored: expected a file that can be written, found: [^\n]+\n$/,
    );
    expect(code).toBe(2);
    expect(names()).toEqual(["blob", "slivers", "small.json"]);
  });

  it("to a file system that takes no files", async () => {
    const { code, stderr } = await folder.floe("run", "small.json", "--out", "/proc/floe/out");
    expect(stderr).toMatch(/^\/proc\/floe\/out: expected a folder that can be written/);
    expect(code).toBe(2);
  });

  it("to a disk that is full halfway: one line, and nothing left behind", async () => {
    const args = ["run", "small.json", "--out", "deep/out"] as const;
    const { code, stderr } = await folder.floeOnFullDisk(16, ...args);
    expect(stderr).toMatch(/^\S+\/deep\/out\/\S+: expected a file that can be written, [^\n]+\n$/);
    expect(code).toBe(2);
    expect(names()).toEqual(["small.json"]);
  });

  it("to a disk that is full halfway, as slivers and as what is restored of them", async () => {
    writeFileSync(join(folder.path, "blob"), new Uint8Array(100_000).fill(7));
    for (const workers of ["1", "2"]) {
      const args = ["encode", "blob", "--shards", "4", "--out", "deep/out", "--workers", workers];
      const { code, stderr } = await folder.floeOnFullDisk(16, ...args);
      expect(stderr).toMatch(
        /^\S+\/deep\/out\/\S+: expected a file that can be written, [^\n]+\n$/,
      );
      expect(code).toBe(2);
    }
    expect(names()).toEqual(["blob", "small.json"]);
    await folder.floe("encode", "blob", "--shards", "4", "--out", "slivers");
    const { code, stderr } = await folder.floeOnFullDisk(16, "decode", "slivers", "--out", "a/b");
    expect(stderr).toMatch(/^a\/b: expected a file that can be written, [^\n]+\n$/);
    expect(code).toBe(2);
    expect(names()).toEqual(["blob", "slivers", "small.json"]);
  });

  it("to a full device, as the trace", async () => {
    const { code, stderr } = await folder.floe("run", "small.json", "--trace", "/dev/full");
    expect(stderr).toMatch(
      /^\/dev\/full: expected a file that can be written, found: no space left/,
    );
    expect(code).toBe(2);
    expect(names()).toEqual(["small.json"]);
  });

  it("over files of somebody else, whatever is forced", async () => {
    mkdirSync(join(folder.path, "thesis"));
    writeFileSync(join(folder.path, "thesis/chapter.txt"), "");
    const { code, stderr } = await folder.floe("run", "small.json", "--out", "thesis", "--force");
    expect(stderr).toContain("found other files (chapter.txt, ...)");
    expect(code).toBe(2);
    expect(existsSync(join(folder.path, "thesis/chapter.txt"))).toBe(true);
  });

  it("over results of another scenario, unless it is forced", async () => {
    folder.scenario("other");
    await folder.floe("run", "other.json", "--out", "out");
    const refused = await folder.floe("run", "small.json", "--out", "out");
    expect(refused.stderr).toContain("--force replaces them");
    expect(refused.code).toBe(2);
    const forced = await folder.floe("run", "small.json", "--out", "out", "--force");
    expect(forced.code).toBe(0);
  });
});

describe("Ctrl-C", () => {
  it.each(["1", "2"])(
    "ends a run on %s workers with one line and leaves nothing",
    async (workers) => {
      const args = ["run", "small.json", "--set", "horizon=1d", "--workers", workers];
      const running = folder.start(...args);
      const end = ended(running);
      while (!existsSync(join(folder.path, "results"))) await setTimeout(20);
      running.kill("SIGINT");
      const { code, stderr } = await end;
      expect(stderr).toBe("Stopped. Nothing was written.\n");
      expect(code).toBe(130);
      expect(names()).toEqual(["small.json"]);
    },
  );

  it.each(["1", "2"])(
    "ends encoding on %s workers with one line and leaves nothing",
    async (workers) => {
      writeFileSync(join(folder.path, "blob"), "some bytes");
      const args = ["encode", "blob", "--shards", "3000", "--out", "slivers", "--workers", workers];
      const running = folder.start(...args);
      const end = ended(running);
      const isWriting = () => names().some((name) => name.startsWith(".slivers"));
      while (!isWriting()) await setTimeout(20);
      running.kill("SIGINT");
      const { code, stderr } = await end;
      expect(stderr).toBe("Stopped. Nothing was written.\n");
      expect(code).toBe(130);
      expect(names()).toEqual(["blob", "small.json"]);
    },
  );
});
