import { describe, expect, it } from "vitest";
import { scenarioJsonSchema } from "./json-schema.ts";
import { knownPaths } from "./known-paths.ts";

describe("the JSON Schema of a scenario", () => {
  const schema = scenarioJsonSchema();

  it("asks for a name and a question, and allows no key it does not know", () => {
    expect(schema.required).toEqual(["name", "question"]);
    expect(schema.additionalProperties).toBe(false);
  });

  it("knows the fields of every section, also those of lists and kinds", () => {
    expect(knownPaths(schema)).toEqual(
      expect.arrayContaining([
        "committee.shards",
        "client.backoff.retries",
        "workload.writes.size.median",
        "faults.timeToFailure",
        "encoding.dataShards",
        "preset",
        "variants",
      ]),
    );
  });

  it("tells what a field is, its default and how its quantity is written", () => {
    const horizon = schema.properties!.horizon as Record<string, string>;
    expect(horizon).toMatchObject({ type: "string", default: "1h" });
    expect(horizon.description).toContain("Demand ends");
    expect("90min").toMatch(new RegExp(horizon.pattern!));
    expect("90 min").not.toMatch(new RegExp(horizon.pattern!));
  });
});
