import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FloeFolder } from "./floe.fixture.ts";

let folder: FloeFolder;

beforeAll(() => {
  folder = new FloeFolder();
});

afterAll(() => folder.remove());

/** Every file below a folder of results, with its content. */
function contents(name: string): Map<string, string> {
  const root = join(folder.path, name);
  const files = readdirSync(root, { recursive: true, withFileTypes: true });
  return new Map(
    files
      .filter((file) => file.isFile())
      .map((file) => join(file.parentPath, file.name))
      .map((path) => [path.slice(root.length + 1), readFileSync(path, "utf8")]),
  );
}

describe("the results of a run", () => {
  it("are the same bytes with one worker or two, traced or not", async () => {
    const scenario = folder.scenario("same");
    await folder.floe(
      "run",
      scenario,
      "--workers",
      "1",
      "--out",
      "one",
      "--trace",
      "events.ndjson",
    );
    await folder.floe("run", scenario, "--workers", "2", "--out", "two");
    const [one, two] = [contents("one"), contents("two")];
    expect(one.size).toBeGreaterThan(10);
    expect([...one.keys()].sort()).toEqual([...two.keys()].sort());
    for (const [name, text] of one) expect(text === two.get(name), name).toBe(true);
  });

  it("say which events and facts there were, one a line, if a trace is asked for", () => {
    const lines = readFileSync(join(folder.path, "events.ndjson"), "utf8").trimEnd().split("\n");
    const manifest = JSON.parse(readFileSync(join(folder.path, "one/manifest.json"), "utf8"));
    const events = lines.filter((line) => line.includes('"event":'));
    expect(events).toHaveLength(manifest.cells[0].replications[0].eventCount);
    expect(lines.some((line) => JSON.parse(line).fact === "read-finished")).toBe(true);
  });

  it("are all that the documentation promises", () => {
    const names = [...contents("one").keys()];
    for (const name of [
      ...["manifest.json", "summary.json", "summary.csv", "reads.csv", "writes.csv", "nodes.csv"],
      ...["timeline.csv", "columns.csv", "report.html"],
      ...["figures/read-latency.vl.json", "figures/read-latency.svg"],
    ]) {
      expect(names).toContain(name);
    }
  });

  it("have a row for every read of every replication", () => {
    const files = contents("one");
    const rows = files.get("reads.csv")!.trimEnd().split("\n").length - 1;
    const { metrics } = JSON.parse(files.get("summary.json")!);
    const count = metrics.find((metric: { metric: string }) => metric.metric === "read.count");
    expect(rows).toBe(Math.round(count.value * 3));
  });

  it("are the same report when it is written again", async () => {
    const before = contents("one").get("report.html")!;
    const { code } = await folder.floe("report", "one", "--out", "again.html");
    expect(code).toBe(0);
    expect(readFileSync(join(folder.path, "again.html"), "utf8") === before).toBe(true);
  });

  it("are JSON on request, and nothing else on standard output", async () => {
    const { stdout, stderr } = await folder.floe("run", "same.json", "--json", "--out", "one");
    const result = JSON.parse(stdout);
    const stored = JSON.parse(contents("one").get("summary.json")!);
    expect(result).toEqual({ ...stored, out: "one" });
    expect(stderr).toBe("");
  });

  it("are not kept for a single replication, unless a folder is named", async () => {
    const { stdout } = await folder.floe("run", "same.json", "--only", "2", "--json");
    const [digest] = JSON.parse(stdout).digests;
    const stored = JSON.parse(contents("one").get("manifest.json")!);
    expect(digest).toEqual(stored.cells[0].replications[2]);
    expect(existsSync(join(folder.path, "results"))).toBe(false);
  });

  it("have one cell for each variant, on the same seeds", async () => {
    const variants = { small: { committee: { nodes: 5 } }, large: { committee: { nodes: 20 } } };
    folder.scenario("variants", { variants, replications: 2 });
    const { code, stdout } = await folder.floe("run", "variants.json", "--out", "variants");
    expect(code).toBe(0);
    expect(stdout).toMatch(/variant +value .*\n +small .*\n +large /);
    const { cells } = JSON.parse(contents("variants").get("manifest.json")!);
    const seeds = cells.map((cell: { replications: { seed: string }[] }) =>
      cell.replications.map(({ seed }) => seed),
    );
    expect(cells.map((cell: { name: string }) => cell.name)).toEqual([
      "variant=small",
      "variant=large",
    ]);
    expect(seeds[0]).toEqual(["variants/0", "variants/1"]);
    expect(seeds[1]).toEqual(seeds[0]);
    const header = contents("variants").get("reads.csv")!.split("\n")[0];
    expect(header).toMatch(/^variant,replication,read,/);
  });
});
