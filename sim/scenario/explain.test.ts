import { describe, expect, it } from "vitest";
import { explainScenario } from "./explain.ts";

const explained = explainScenario({
  name: "a",
  question: "b",
  preset: ["client-conservative", "war"],
  client: { requestTimeout: "30s" },
  workload: { reads: { rate: "1/s" } },
  faults: [{ kind: "region-outage", region: "eu-west", at: "1h", lasts: "1h" }],
});

const at = (path: string) => explained.filter((parameter) => parameter.path === path);

describe("an explained scenario", () => {
  it("lists the assumed parameters first", () => {
    const bases = explained.map(({ basis }) => basis);
    expect([...new Set(bases)]).toEqual(["assumed", "given", "measured", "specified"]);
    expect(bases).toEqual(bases.toSorted());
  });

  it("names each parameter once", () => {
    const paths = explained.map(({ path }) => path);
    expect(paths).toEqual([...new Set(paths)]);
  });

  it("tells the scenario's own, a preset's and the default's apart", () => {
    expect(at("client.requestTimeout")).toMatchObject([
      { value: "30s", basis: "given", from: "scenario" },
    ]);
    expect(at("client.dataInFlight")).toMatchObject([
      { value: "12.5MB", basis: "specified", from: "client-conservative" },
    ]);
    expect(at("client.metadataReads")).toMatchObject([
      { value: "3", basis: "specified", from: "default" },
    ]);
  });

  it("finds the faults of presets behind the scenario's own", () => {
    expect(at("faults[0].region")).toMatchObject([{ basis: "given", from: "scenario" }]);
    expect(at("faults[1].timeToRepair.median")).toMatchObject([{ basis: "measured", from: "war" }]);
    expect(at("faults[2].behaviour")).toMatchObject([{ basis: "assumed", from: "war" }]);
  });

  it("knows the defaults of reads and faults, one by one", () => {
    expect(at("workload.reads.popularity")).toMatchObject([{ from: "default", basis: "measured" }]);
    expect(at("faults[0].share")).toMatchObject([{ value: "100%", from: "default" }]);
    expect(at("faults[1].stationary")).toMatchObject([{ value: "true", from: "default" }]);
  });

  it("gives every parameter but the scenario's own a source and a date", () => {
    for (const { basis, source, date } of explained) {
      expect(source).not.toBe("");
      if (basis !== "given") expect(date).toMatch(/^\d{4}(-\d{2}){0,2}$/);
    }
  });
});
