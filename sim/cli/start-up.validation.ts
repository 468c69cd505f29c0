import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { packageRoot } from "../study/package-root.ts";

const program = join(packageRoot(), ".build/sim/cli/main.js");

function milliseconds(args: readonly string[]): number {
  const start = performance.now();
  spawnSync(process.execPath, args);
  return performance.now() - start;
}

it("floe --help takes at most 1.5 times as long as node itself", () => {
  // Interleaved, and the best of each: other work on the machine can only make a run slower, so the
  // best of 25 is close to what either takes when it is left alone.
  let [bare, help] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < 25; round++) {
    bare = Math.min(bare, milliseconds(["-e", "0"]));
    help = Math.min(help, milliseconds([program, "--help"]));
  }
  expect(help / bare).toBeLessThan(1.5);
});
