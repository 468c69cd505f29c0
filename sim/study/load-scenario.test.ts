import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UserMistake } from "../scenario/mistake.ts";
import { loadScenario } from "./load-scenario.ts";
import { shippedScenarios } from "./scenario-files.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "floe-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** What is wrong with such a file, without the folder's name. */
async function mistakesOf(name: string, text: string): Promise<readonly string[]> {
  const path = join(folder, name);
  await writeFile(path, text);
  const error = await loadScenario(path).catch((caught: unknown) => caught);
  if (!(error instanceof UserMistake)) throw new Error(`expected mistakes, found ${error}`);
  return error.mistakes.map((mistake) => mistake.replace(`${folder}/`, ""));
}

describe("a shipped scenario", () => {
  it.each(shippedScenarios())(
    "%s is right, named like its file, and asks a question",
    async (name) => {
      const { scenario, variants } = await loadScenario(name);
      expect(scenario.name).toBe(name);
      expect(scenario.question).toMatch(/\?$/);
      const cells = variants.length > 0 ? variants.map((variant) => variant.scenario) : [scenario];
      for (const { guarantees, published } of cells) {
        expect(guarantees.length + published.length).toBeGreaterThan(0);
      }
    },
  );

  it("brings the texts of its latency table", async () => {
    const { tables } = await loadScenario("baseline");
    expect(Object.keys(tables).sort()).toEqual([
      "wonder-network-cities.csv",
      "wonder-network-rtt-deviation-ms.csv",
      "wonder-network-rtt-ms.csv",
    ]);
  });

  it("takes overrides", async () => {
    const { scenario } = await loadScenario("baseline", { set: ["replications=2", "seed=9"] });
    expect(scenario).toMatchObject({ replications: 2, seed: "9" });
  });

  it("is suggested when its name is misspelt", async () => {
    await expect(loadScenario("baselin")).rejects.toThrow(/did you mean baseline\?$/);
  });
});

describe("a scenario's own file", () => {
  it("may stand anywhere, import from floe, and name tables beside it and those that are shipped", async () => {
    await writeFile(join(folder, "times.csv"), "at\n1\n2\n");
    await writeFile(
      join(folder, "own.ts"),
      `import { defineScenario } from "floe";
       export default defineScenario({
         name: "own",
         question: "Does it load?",
         committee: { nodes: "data/walrus-testnet-committee.csv" },
         workload: { writes: { arrivals: { kind: "recorded", table: "times.csv", column: "at", unit: "h" }, size: "1B" } },
       });`,
    );
    const { scenario } = await loadScenario(join(folder, "own.ts"));
    expect(scenario.committee.nodes).toHaveLength(105);
    expect(scenario.workload.writes[0]!.arrivals).toEqual({
      kind: "recorded",
      times: [3_600e6, 7_200e6],
    });
  });

  it("may be JSON", async () => {
    await writeFile(join(folder, "own.json"), '{"name":"own","question":"Does it load?"}');
    const { scenario, variants } = await loadScenario(join(folder, "own.json"));
    expect(scenario.name).toBe("own");
    expect(variants).toEqual([]);
  });

  it.each([
    [
      "a syntax error",
      "syntax.ts",
      "export default {\n",
      /^syntax.ts:2:1: expected a TypeScript module/,
    ],
    ["code that throws", "throws.ts", 'throw new Error("boom");', /as the file ran: boom$/],
    ["no default export", "none.ts", "export const a = 1;", /found no default export$/],
    ["a function in it", "fn.ts", "export default { seed: () => 1 };", /seed: expected data/],
    ["JSON that is none", "bad.json", '{"name":', /^bad.json: expected JSON/],
    ["another ending", "bad.yaml", "name: a", /found .yaml$/],
  ])("with %s is one clear mistake", async (_, name, text, mistake) => {
    const mistakes = await mistakesOf(name, text);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatch(mistake);
  });

  it("that names a table with bad rows, or none, is told file and line", async () => {
    await writeFile(join(folder, "bad.csv"), "node,shards\na,500\nb\nc,1,2\n");
    const scenario = (nodes: string) =>
      JSON.stringify({ name: "a", question: "b?", committee: { nodes } });
    expect(await mistakesOf("table.json", scenario("bad.csv"))).toEqual([
      "committee.nodes: expected a readable CSV file, found bad.csv: line 3 has 1 cells, not 2; line 4 has 3 cells, not 2",
    ]);
    expect((await mistakesOf("table.json", scenario("none.csv")))[0]).toMatch(
      /^committee.nodes: expected a readable CSV file, found none.csv: no such file/,
    );
  });
});
