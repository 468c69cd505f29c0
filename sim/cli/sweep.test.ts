import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ended, FloeFolder } from "./floe.fixture.ts";

let folder: FloeFolder;
const grid = ["--vary", "committee.nodes=5,10", "--vary", "committee.uplink=1Gbit/s,100Mbit/s"];

beforeAll(() => {
  folder = new FloeFolder();
  folder.scenario("grid");
});

afterAll(() => folder.remove());

const read = (name: string) => readFileSync(join(folder.path, name), "utf8");

function storedRuns(out: string): Map<string, number> {
  const runs = join(folder.path, out, "runs");
  if (!existsSync(runs)) return new Map();
  const whole = readdirSync(runs).filter((name) => !name.startsWith("."));
  return new Map(whole.map((name) => [name, statSync(join(runs, name)).mtimeMs]));
}

describe("a sweep", () => {
  it("has a row for each cell and metric, with the ends of its interval", async () => {
    const { code, stdout } = await folder.floe("sweep", "grid.json", ...grid, "--out", "whole");
    expect(code).toBe(0);
    expect(stdout).toContain("4 cells, each with 3 replications of 2min, on the same seeds. All");
    const [header, ...rows] = read("whole/sweep.csv").trimEnd().split("\n");
    expect(header).toMatch(
      /^committee\.nodes,committee\.uplink,metric,aggregation,value,low,high,unit/,
    );
    const ratios = rows.filter((row) => row.includes("read.success,ratio"));
    const cells = ratios.map((row) => row.split(",").slice(0, 2).join(" "));
    expect(new Set(cells)).toEqual(
      new Set(["5 1Gbit/s", "5 100Mbit/s", "10 1Gbit/s", "10 100Mbit/s"]),
    );
  });

  it("gives every cell the same seeds, and so the same demand", () => {
    const { cells } = JSON.parse(read("whole/summary.json"));
    const seeds = cells.map((cell: { digests: { seed: string }[] }) =>
      cell.digests.map(({ seed }) => seed),
    );
    const counts = cells.map((cell: { metrics: { metric: string; value: number }[] }) =>
      cell.metrics.filter(({ metric }) => metric === "read.count").map(({ value }) => value),
    );
    for (const one of seeds) expect(one).toEqual(["grid/0", "grid/1", "grid/2"]);
    for (const one of counts) expect(one).toEqual(counts[0]);
  });

  it("goes on where it was killed, without running anything twice, to the same results", async () => {
    const args = ["sweep", "grid.json", ...grid, "--out", "killed"];
    const killed = folder.start(...args, "--workers", "1");
    const end = ended(killed);
    while (storedRuns("killed").size < 3) await setTimeout(10);
    killed.kill("SIGKILL");
    await end;
    const before = storedRuns("killed");
    expect(before.size).toBeLessThan(12);
    expect(existsSync(join(folder.path, "killed/sweep.csv"))).toBe(false);

    const { stderr } = await folder.floe(...args);

    expect(stderr).toBe(
      `${before.size} runs were there already, ${12 - before.size} were run now.\n`,
    );
    const after = storedRuns("killed");
    expect(after.size).toBe(12);
    for (const [name, time] of before) expect(after.get(name)).toBe(time);
    expect(read("killed/sweep.csv")).toBe(read("whole/sweep.csv"));
    expect(read("killed/report.html") === read("whole/report.html")).toBe(true);
  });

  it("runs only what is new when the grid grows", async () => {
    const args = ["sweep", "grid.json", "--vary", "committee.nodes=5,10,20", "--out", "killed"];
    const { stderr } = await folder.floe(...args, "--set", "committee.uplink=1Gbit/s");
    expect(stderr).toBe("6 runs were there already, 3 were run now.\n");
  });
});
