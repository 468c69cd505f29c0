import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FloeFolder } from "./floe.fixture.ts";

let folder: FloeFolder;

beforeAll(() => {
  folder = new FloeFolder();
  folder.scenario("good");
});

afterAll(() => folder.remove());

describe("the exit code of floe run", () => {
  it("is 0 if all guarantees are met", async () => {
    const { code, stdout } = await folder.floe("run", "good.json");
    expect(stdout).toContain("The guarantee is met.");
    expect(code).toBe(0);
  });

  it("is 1 if a guarantee is broken", async () => {
    const scenario = folder.scenario("bad", { guarantees: ["read.latency: mean <= 1ms"] });
    const { code, stdout } = await folder.floe("run", scenario);
    expect(stdout).toContain("A guarantee is broken.");
    expect(code).toBe(1);
  });

  it("is 0 if a guarantee is broken as the scenario expects", async () => {
    const guarantees = ["read.latency: mean <= 1ms"];
    const scenario = folder.scenario("limit", { guarantees, expect: "broken" });
    const { code, stdout } = await folder.floe("run", scenario);
    expect(stdout).toContain("Broken, as this scenario expects.");
    expect(code).toBe(0);
  });

  it("is 4 if a guarantee is undecided", async () => {
    // About 360 reads without a failure cannot show that fewer than one in 10,000 fails.
    const scenario = folder.scenario("unsure", { guarantees: ["read.success: ratio >= 0.9999"] });
    const { code, stdout } = await folder.floe("run", scenario);
    expect(stdout).toMatch(/Undecided\. About \d+ more\s+replications/);
    expect(code).toBe(4);
  });

  it("is 3 for a mistake of ours, with the one command that replays it", async () => {
    await folder.floe("run", "good.json", "--out", "out");
    const path = join(folder.path, "out/manifest.json");
    const manifest = JSON.parse(readFileSync(path, "utf8"));
    // No schema lets such a horizon through, so only a mistake of ours could have made it.
    manifest.cells[0].scenario.horizon = -1;
    writeFileSync(path, JSON.stringify(manifest));

    const { code, stderr } = await folder.floe("replay", "out", "--workers", "2");

    expect(stderr).toContain("A mistake of Floe's own");
    expect(stderr).toContain("cannot run back from 0 to -1");
    expect(stderr).toMatch(/Replay it with:\n {2}floe replay out --only 0\n$/);
    expect(code).toBe(3);
  });
});

describe.concurrent("mistakes of the user", () => {
  const cases: readonly (readonly [
    what: string,
    args: readonly string[],
    told: readonly string[],
  ])[] = [
    ["a missing table", ["run", "good.json", "--set", "committee.nodes=gone.csv"], ["gone.csv"]],
    ["an unknown scenario", ["run", "basline"], ["basline", "baseline"]],
    ["a file that is not there", ["run", "none.json"], ["none.json: expected"]],
    [
      "an unknown command, with the nearest",
      ["rum", "good.json"],
      ["rum: expected a command", "did you mean run?"],
    ],
    [
      "an unknown option that is like nothing but an argument without a name",
      ["encode", "--file2", "good.json"],
      ["--file2: expected an option of this command, found none of that name\n"],
    ],
    ["an option without its value", ["run", "good.json", "--seed"], ["seed"]],
    ["no scenario", ["run"], ["run: found 0 arguments, expected 1"]],
    ["a word too many", ["explain", "baseline", "more"], ["more: expected no further argument"]],
    ["a variation without values", ["sweep", "good.json", "--vary", "seed"], ["--vary: expected"]],
    [
      "a variant that is not there",
      ["run", "good.json", "--variant", "x"],
      ["--variant: expected"],
    ],
    ["no manifest", ["replay", "good.json"], ["good.json: expected a manifest.json of Floe's"]],
  ];

  it.each(cases)("%s", async (_, args, told) => {
    const { code, stdout, stderr } = await folder.floe(...args);
    for (const text of told) expect(stderr).toContain(text);
    expect(stdout).toBe("");
    expect(stderr).not.toContain("    at ");
    expect(code).toBe(2);
  });

  it("are all told at once, one line each", async () => {
    const { code, stderr } = await folder.floe(
      ...["run", "good.json", "--workers", "two", "--replication", "5"],
      ...["--seed", "a", "--seed", "b", "--set", "horizon=2MiB", "--set", "committee.shard=10"],
      ...["--set", 'guarantees=["read.succes: ratio >= 0.9"]'],
    );
    expect(stderr.trimEnd().split("\n").sort()).toEqual([
      "--replication: expected an option of this command, found none of that name (did you mean --replications?)",
      "--seed: expected once, found 2 times",
      "--workers: expected a whole number of at least 1, found two",
      "committee.shard: unknown key, found 10; did you mean committee.shards?",
      expect.stringMatching(/^guarantees\[0\]: .*read\.success/),
      'horizon: expected a duration such as "250ms", "6h" or "14d", found "2MiB"',
    ]);
    expect(code).toBe(2);
  });
});
