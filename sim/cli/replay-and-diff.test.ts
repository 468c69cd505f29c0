import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FloeFolder } from "./floe.fixture.ts";

let folder: FloeFolder;

beforeAll(async () => {
  folder = new FloeFolder();
  const scenario = folder.scenario("one");
  await folder.floe("run", scenario, "--out", "first");
  await folder.floe("run", scenario, "--out", "second", "--set", "client.registrationDelay=300ms");
}, 60_000);

afterAll(() => folder.remove());

describe("floe replay", () => {
  it("finds the same digests again", async () => {
    const { code, stdout } = await folder.floe("replay", "first");
    expect(stdout).toBe("The same: 3 replications of one, event by event.\n");
    expect(code).toBe(0);
  });

  it("says what differs, with exit code 3", async () => {
    const manifest = JSON.parse(readFileSync(join(folder.path, "first/manifest.json"), "utf8"));
    manifest.cells[0].replications[1].factDigest = "0000000000000000";
    writeFileSync(join(folder.path, "wrong.json"), JSON.stringify(manifest));
    const { code, stdout } = await folder.floe("replay", "wrong.json");
    expect(stdout).toContain(
      "replication 1, factDigest: the manifest has 0000000000000000, this run",
    );
    expect(stdout).not.toContain("replication 0");
    expect(code).toBe(3);
  });
});

describe("floe diff", () => {
  it("finds none between a run and itself", async () => {
    const { code, stdout } = await folder.floe("diff", "first", "first");
    expect(stdout).toBe("The same: 3 replications, event by event.\n");
    expect(code).toBe(0);
  });

  it("names the field that differs and the first event in which the runs part", async () => {
    const { code, stdout } = await folder.floe("diff", "first", "second", "--json");
    const difference = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(difference.scenario).toEqual([
      { path: "client.registrationDelay", first: 200_000, second: 300_000 },
    ]);
    const [left, right] = difference.sides;
    expect(left.line).not.toEqual(right.line);
    // The first write waits 100 ms longer; until then the runs are the same.
    expect(left.line.time).toBeLessThan(right.line.time);
    expect(left.factBefore).toEqual(right.factBefore);
  });

  it("says so for people too", async () => {
    const { stdout } = await folder.floe("diff", "first", "second");
    expect(stdout).toContain("client.registrationDelay: 200000 | 300000");
    expect(stdout).toMatch(/They part after [\d,]+ events\./);
    expect(stdout).toMatch(
      /first\n( {2}fact before .*\n)? {2}then {9}[\d,]+ µs .*: (event|client\/us-east, )/,
    );
  });
});
