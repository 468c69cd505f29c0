import { describe, expect, it } from "vitest";
import { layersOf } from "./layers.ts";
import { presets } from "./presets.ts";
import { resolveScenario } from "./resolve.ts";

describe("presets", () => {
  it("lie under the scenario's own fields, the later over the earlier", () => {
    const { merged } = layersOf({
      preset: ["client-conservative", "client-aggressive"],
      client: { concurrentWrites: 7, metadataReads: 1 },
    });
    expect(merged).toEqual({
      client: { concurrentWrites: 7, metadataReads: 1, dataInFlight: "1.25GB" },
    });
  });

  it("add their faults behind the scenario's own", () => {
    const own = { kind: "region-outage" };
    const { merged, presetFaults } = layersOf({ preset: ["calm", "war"], faults: [own] });
    const faults = (merged as { faults: { kind: string }[] }).faults;
    expect(faults.map(({ kind }) => kind)).toEqual([
      "region-outage",
      "crash-recover",
      "crash-recover",
      "liars",
      "slow",
    ]);
    expect(presetFaults[1]).toEqual({ preset: "calm", index: 0 });
    expect(presetFaults[3]).toEqual({ preset: "war", index: 1 });
  });

  it("yield wholly to another kind of the same thing", () => {
    const base = { ledger: { register: { kind: "log-normal", median: "2s", sigma: 0.3 } } };
    const { variants } = layersOf({
      ...base,
      variants: {
        other: { ledger: { register: { kind: "uniform", from: "1s", to: "2s" } } },
        same: { ledger: { register: { kind: "log-normal", median: "3s" } } },
        shares: { committee: { places: { "us-east": "100%" } } },
      },
      committee: { places: { "eu-west": "100%" } },
    });
    expect(variants.map(({ merged }) => merged)).toMatchObject([
      { ledger: { register: { kind: "uniform", from: "1s", to: "2s" } } },
      { ledger: { register: { kind: "log-normal", median: "3s", sigma: 0.3 } } },
      { committee: { places: { "us-east": "100%" } } },
    ]);
    expect((variants[0]!.merged as typeof base).ledger.register).not.toHaveProperty("median");
    expect(variants[2]!.merged).not.toHaveProperty("committee.places.eu-west");
  });

  it.each(Object.keys(presets))("%s fits the schema, and every number has a source", (preset) => {
    const row = (line: number) => ({ line, cells: { node: `${line}`, shards: "500" } });
    const table = { columns: ["node", "shards"], rows: [row(2), row(3)] };
    const tables = {
      "data/sui-validators-committee.csv": table,
      "data/walrus-testnet-committee.csv": table,
    };
    expect(resolveScenario({ name: "a", question: "b", preset }, { tables })).toMatchObject({
      ok: true,
    });
    for (const { source, date } of Object.values(presets[preset]!.parameters)) {
      expect(source).not.toBe("");
      expect(date).toMatch(/^\d{4}(-\d{2}){0,2}$/);
    }
  });
});
