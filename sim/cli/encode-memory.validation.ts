import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { packageRoot } from "../study/package-root.ts";

const program = join(packageRoot(), ".build/sim/cli/main.js");
const MEBIBYTE = 2 ** 20;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "floe-"));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The peak of the process in bytes. */
function peakOf(...args: readonly string[]): number {
  const told = "process.on('exit', () => console.log(process.resourceUsage().maxRSS))";
  const command = ["--import", `data:text/javascript,${told}`, program, ...args];
  const output = execFileSync(process.execPath, command, { cwd: folder, encoding: "utf8" });
  return Number(output.trim().split("\n").at(-1)) * 1024;
}

// The larger file is 128 MiB more, and its slivers 580 MiB more: who held either would grow by as much. Below some
// 64 MiB, what is decoded at once grows with the file; slivers of 1,000 shards are small beside both files.
it("neither a file nor its slivers are held as it is encoded and decoded", () => {
  const sizes = [64, 192];
  const peaks = sizes.map((size) => {
    const name = `blob-${size}`;
    writeFileSync(join(folder, name), new Uint8Array(size * MEBIBYTE).fill(size));
    const out = `slivers-${size}`;
    const encode = peakOf("encode", name, "--shards", "1000", "--out", out);
    const decode = peakOf("decode", out, "--out", `restored-${size}`);
    return { encode, decode };
  });
  const larger = (sizes[1]! - sizes[0]!) * MEBIBYTE;
  expect(peaks[1]!.encode - peaks[0]!.encode).toBeLessThan(larger);
  expect(peaks[1]!.decode - peaks[0]!.decode).toBeLessThan(larger);
});
