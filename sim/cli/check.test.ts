import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FloeFolder } from "./floe.fixture.ts";

let folder: FloeFolder;

beforeAll(() => {
  folder = new FloeFolder();
  folder.scenario("good");
  folder.scenario("slow", {
    guarantees: ["read.success: ratio >= 0.9", "read.latency: mean <= 1ms"],
  });
  folder.scenario("limit", { guarantees: ["read.latency: mean <= 1ms"], expect: "broken" });
  folder.scenario("unsure", { guarantees: ["read.success: ratio >= 0.9999"] });
});

afterAll(() => folder.remove());

describe("floe check", () => {
  it("is a gate over several scenarios, with JUnit and Markdown to show", async () => {
    const files = ["--junit", "gate.xml", "--markdown", "gate.md"];
    const { code } = await folder.floe("check", "good.json", "slow.json", "limit.json", ...files);
    expect(code).toBe(1);
    const xml = readFileSync(join(folder.path, "gate.xml"), "utf8");
    expect(xml).toContain('<testsuite name="good" tests="1" failures="0" errors="0">');
    expect(xml).toContain('<testsuite name="slow" tests="2" failures="1" errors="0">');
    expect(xml).toMatch(/name="read\.latency: mean &lt;= 1ms">\s+<failure type="broken"/);
    // It is to break, and does.
    expect(xml).toContain('<testsuite name="limit" tests="1" failures="0" errors="0">');
    const markdown = readFileSync(join(folder.path, "gate.md"), "utf8");
    expect(markdown).toMatch(/\| slow \| `read\.latency: mean <= 1ms` \| .* \| broken \|/);
    expect(markdown).toMatch(/\| limit \| .* \| broken, as expected \|/);
  });

  it("is undecided if none is broken and one is", async () => {
    const { code, stdout } = await folder.floe("check", "good.json", "unsure.json", "--json");
    expect(code).toBe(4);
    const { exitCode, scenarios } = JSON.parse(stdout);
    expect(exitCode).toBe(4);
    expect(scenarios.map((each: { verdict: string }) => each.verdict)).toEqual([
      "met",
      "undecided",
    ]);
  });

  it("tells the mistakes of all scenarios before anything runs", async () => {
    folder.scenario("wrong", { horizon: "2" });
    const { code, stderr } = await folder.floe("check", "good.json", "wrong.json", "none.json");
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^wrong\.json: horizon: expected a duration.*\nnone\.json: expected .*\n$/,
    );
  });
});
