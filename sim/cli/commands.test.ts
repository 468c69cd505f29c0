import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageRoot } from "../study/package-root.ts";
import { commands } from "./commands.ts";
import { FloeFolder } from "./floe.fixture.ts";

let folder: FloeFolder;

beforeAll(() => {
  folder = new FloeFolder();
});

afterAll(() => folder.remove());

describe("help", () => {
  it("lists every command", async () => {
    const { stdout } = await folder.floe("--help");
    for (const { command } of commands) expect(stdout).toContain(`floe ${command} `);
  });

  it("is the same from its file as from yargs", async () => {
    // Two arguments, so that yargs answers.
    const { stdout } = await folder.floe("--help", "--help");
    const fromFile = await folder.floe("--help");
    expect(stdout).toBe(fromFile.stdout);
  });

  it.each(commands.map(({ command }) => String(command).split(" ")[0]!))(
    "of %s has an example and speaks of --json",
    async (name) => {
      const { stdout } = await folder.floe(name, "--help");
      expect(stdout).toMatch(/Example:\n {2}floe /);
      expect(stdout).toContain("--json");
    },
  );

  it("is no colour and no progress where nobody watches", async () => {
    const { stdout, stderr } = await folder.floe("run", folder.scenario("plain"));
    expect(stdout).not.toContain("\u001b");
    expect(stderr).toBe("");
  });
});

describe("small commands", () => {
  it("list names every scenario that comes with Floe, and its question", async () => {
    const { stdout } = await folder.floe("list", "--json");
    const scenarios: { name: string; question: string }[] = JSON.parse(stdout);
    expect(scenarios.map(({ name }) => name)).toContain("baseline");
    for (const { question } of scenarios) expect(question).toMatch(/\?$/);
  });

  it("explain tells the assumed parameters first", async () => {
    const { stdout } = await folder.floe("explain", "baseline", "--json");
    const { parameters } = JSON.parse(stdout);
    const bases: string[] = parameters.map((parameter: { basis: string }) => parameter.basis);
    expect(bases[0]).toBe("assumed");
    expect(bases.lastIndexOf("assumed")).toBeLessThan(bases.indexOf("measured"));
  });

  it("explain tells what variants change, and what the results are set beside", async () => {
    const { stdout } = await folder.floe("explain", "mainnet-epochs");
    expect(stdout).toMatch(/Variants, each run on the same seeds \(4\)\n {2}epoch-9\n/);
    expect(stdout).toMatch(/epoch-9, metadata\.duration: max = 12\.5h, fitted\n {6}\S/);
  });

  it("schema is a JSON Schema", async () => {
    const { stdout } = await folder.floe("schema");
    expect(JSON.parse(stdout).properties.committee.type).toBe("object");
  });

  it("init writes a scenario that runs as it is, and never over a file", async () => {
    expect((await folder.floe("init", "my-first")).code).toBe(0);
    const run = await folder.floe("run", "my-first.ts", "--replications", "2", "--quiet");
    expect(run.stderr).toBe("");
    expect([0, 4]).toContain(run.code);
    expect(existsSync(join(folder.path, "results/my-first/report.html"))).toBe(true);
    const again = await folder.floe("init", "my-first");
    expect(again.stderr).toContain("--force replaces it");
    expect(again.code).toBe(2);
  });

  it("place gives the shards that the contracts' own test has", async () => {
    // MystenLabs/walrus, contracts/walrus/tests: 50000, 30000, 15000, 5000 of 1,000 shards.
    const file = join(folder.path, "stakes.csv");
    writeFileSync(file, "node,stake\na,50000\nb,30000\nc,15000\nd,5000\n");
    const { stdout } = await folder.floe("place", "stakes.csv", "--shards", "1000", "--json");
    const { nodes } = JSON.parse(stdout);
    expect(nodes.map(({ shards }: { shards: number }) => shards)).toEqual([500, 300, 150, 50]);
  });

  it("place tells every cell that is no stake", async () => {
    writeFileSync(join(folder.path, "bad.csv"), "node,stake\na,5\nb,-1\nc,many\n");
    const { code, stderr } = await folder.floe("place", "bad.csv");
    expect(stderr).toBe(
      "bad.csv, row 2, column stake: expected a whole number, found -1\n" +
        "bad.csv, row 3, column stake: expected a whole number, found many\n",
    );
    expect(code).toBe(2);
  });

  it("version has the package's number and a digest of the code", async () => {
    const { version } = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8"));
    const { stdout } = await folder.floe("--version");
    expect(stdout).toMatch(new RegExp(`^floe ${version}\\+[0-9a-f]{12}\n$`));
  });

  it("end quietly when nobody reads on", () => {
    const program = join(packageRoot(), ".build/sim/cli/main.js");
    const script = `set -o pipefail; "${process.execPath}" "${program}" schema | head -c 10`;
    expect(execFileSync("bash", ["-c", script], { encoding: "utf8" })).toBe('{\n  "$sche');
  });
});
