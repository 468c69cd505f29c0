import { describe, expect, it } from "vitest";
import { placeNames } from "./place-names.ts";
import { resolveScenario } from "./resolve.ts";

const question = "Does it hold?";

const mistakesIn = (fields: object, options?: Parameters<typeof resolveScenario>[1]) => {
  const result = resolveScenario({ name: "test", question, ...fields }, options);
  return result.ok ? [] : result.mistakes;
};

const resolved = (fields: object) => {
  const result = resolveScenario({ name: "test", question, ...fields });
  if (!result.ok) throw new Error(result.mistakes.join("\n"));
  return result;
};

describe("a scenario's mistakes", () => {
  it("are told all at once, each with its path, what was expected, found, and the nearest name", () => {
    const fields = {
      replications: -4,
      horizon: "10 parsecs",
      payload: "byte",
      committee: { shard: 1000, shards: 3, uplink: "fast" },
      encoding: { scheme: "red_stuff" },
      client: { tail: { factor: -1 } },
      network: { loss: "120%" },
      workload: { writes: [{ rate: "5" }] },
      faults: [{ kind: "crash-recovery" }, { kind: "crash", nodes: { regoin: "x" }, at: 5 }],
      guarantees: ["read.succes: ratio >= 0.9"],
    };
    const mistakes = mistakesIn(fields);
    expect(mistakes).toEqual([
      "replications: expected a whole number above 0, found -4",
      'horizon: expected a duration such as "250ms", "6h" or "14d", found "10 parsecs"',
      'payload: expected one of "counted", "bytes", found "byte"; did you mean bytes?',
      "committee.shards: expected a whole number above 3, found 3",
      'committee.uplink: expected a rate such as "100Mbit/s", "1Gbit/s" or "50MB/s", found "fast"',
      "committee.shard: unknown key, found 1000; did you mean committee.shards?",
      'encoding.scheme: expected one of red-stuff, reed-solomon, replication, found "red_stuff"; did you mean red-stuff?',
      "client.tail.factor: expected a number, 0 or more, found -1",
      'network.loss: expected a share from "0%" to "100%", or from 0 to 1, found "120%"',
      'workload.writes[0].rate: expected a frequency such as "2/s", "240/h" or "5/d", found "5"',
      expect.stringMatching(/^workload\.writes\[0\]\.size: expected a size .*, found nothing$/),
      expect.stringMatching(
        /^faults\[0\]\.kind: .*"crash-recovery"; did you mean crash-recover\?$/,
      ),
      'faults[1].nodes.regoin: unknown key, found "x"; did you mean faults[1].nodes.region?',
      'faults[1].at: expected a duration such as "250ms", "6h" or "14d", found 5',
      expect.stringMatching(
        /^guarantees\[0\]: .* found "read.succes"; did you mean read.success\?$/,
      ),
    ]);
  });

  it("name a field that stands in the wrong place", () => {
    expect(mistakesIn({ shards: 1000 })).toEqual([
      "shards: unknown key, found 1000; did you mean committee.shards?",
    ]);
  });

  it("between fields are told along with those of single fields", () => {
    expect(mistakesIn({ warmUp: "2h", replications: 0 })).toEqual([
      "replications: expected a whole number above 0, found 0",
      'warmUp: expected a time before the horizon, 1h, found "2h"',
    ]);
  });

  it.each([
    [{ workload: { reads: { rate: "1/s" } } }, "workload.reads: expected blobs to read"],
    [
      { encoding: { scheme: "replication", copies: 2000 } },
      "encoding.copies: expected at most committee.shards, 1000, found 2000",
    ],
    [
      { committee: { shards: 10 }, workload: { preload: { blobs: 1, size: "2MB" } } },
      'workload.preload.size: expected at most 1834952B, the largest blob of this encoding, found "2MB"',
    ],
    [
      { committee: { places: { "eu-west": "60%", "us-east": "30%" } } },
      "committee.places: expected shares that sum to 100%, found 90%",
    ],
    [
      { faults: [{ kind: "region-outage", region: "eu-wst", at: "1h", lasts: "1h" }] },
      "faults[0].region: expected a region where nodes stand",
    ],
    [
      { faults: [{ kind: "provider-outage", provider: "Hetzner", at: "1h", lasts: "1h" }] },
      'faults[0].provider: expected a provider of some node (none is known), found "Hetzner"',
    ],
    [
      { faults: [{ kind: "crash", nodes: { list: ["node-1"] }, at: "1h" }] },
      'faults[0].nodes.list[0]: expected the name of a node, found "node-1"; did you mean node-001?',
    ],
    [
      { committee: { nodes: 10 }, faults: [{ kind: "crash", nodes: { count: 11 }, at: "1h" }] },
      "faults[0].nodes.count: expected at most as many as the committee has nodes, 10, found 11",
    ],
    [
      { faults: [{ kind: "disk-loss" }] },
      "faults[0]: expected exactly one of at and timeToFailure",
    ],
    [
      { committee: { nodes: 10, changes: [{ kind: "leaves", epoch: 2, node: "node-1" }] } },
      'committee.changes[0].node: expected the name of a node that is in the active set then, found "node-1"; did you mean node-01?',
    ],
    [
      {
        committee: {
          nodes: 10,
          changes: [
            { kind: "stake", epoch: 3, node: "node-01", factor: 2 },
            { kind: "leaves", epoch: 2, node: "node-01" },
          ],
        },
      },
      "committee.changes[0].node: expected the name of a node that is in the active set then",
    ],
    [
      {
        committee: {
          nodes: 10,
          changes: [{ kind: "joins", epoch: 2, node: "node-01", stake: "5%" }],
        },
      },
      'committee.changes[0].node: expected a name that no other node has, found "node-01"',
    ],
    [
      { committee: { changes: [{ kind: "leaves", epoch: 1, node: "node-001" }] } },
      "committee.changes[0].epoch: expected a whole number above 1, found 1",
    ],
    [
      { committee: { epoch: "1h", epochAge: "2h" } },
      "committee.epochAge: expected no more than committee.epoch, found more",
    ],
    [{ preset: "mainet" }, /^preset: .*; did you mean mainnet\?$/],
    [
      { encoding: { scheme: "reed-solomon", dataShards: 5, totalShards: 4 } },
      "encoding.totalShards: expected no fewer than encoding.dataShards, found 4",
    ],
  ])("%j: %s", (fields, text) => {
    const mistakes = mistakesIn(fields);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatch(text instanceof RegExp ? text : new RegExp(`^${escaped(text)}`));
  });

  it("in a table name its file, line and column", () => {
    const row = (line: number, node: string, shards: string) => ({ line, cells: { node, shards } });
    const table = {
      columns: ["node", "shards"],
      rows: [row(2, "a", "500"), row(3, "b", "many"), row(4, "a", "500")],
    };
    const committee = { nodes: "nodes.csv" };
    expect(mistakesIn({ committee }, { tables: { "nodes.csv": table } })).toEqual([
      'committee.nodes: expected a whole number, 0 or more, found "many" in nodes.csv, line 3, column shards',
      'committee.nodes: expected a name that no other node has, found "a" in nodes.csv, line 4, column node',
    ]);
    expect(mistakesIn({ committee }, { tables: { "nodes.csv": "no such file" } })).toEqual([
      "committee.nodes: expected a readable CSV file, found nodes.csv: no such file",
    ]);
  });

  it("in a table of shards count them", () => {
    const table = {
      columns: ["node", "shards"],
      rows: [{ line: 2, cells: { node: "a", shards: "9" } }],
    };
    const fields = { committee: { nodes: "nodes.csv", shards: 10 } };
    expect(mistakesIn(fields, { tables: { "nodes.csv": table } })).toEqual([
      "committee.nodes: expected a table whose shards sum to committee.shards, 10, found 9 in nodes.csv",
    ]);
  });

  it("in names of places are found where the latency table is known", () => {
    const places = {
      "wonder-network": placeNames("place,region\nParis,eu-west\nBoston,us-east\n"),
    };
    const committee = { nodes: 4, places: { "eu-west": "50%", Bostn: "50%" } };
    expect(mistakesIn({ committee }, { places })).toEqual([
      'committee.places: expected a city or region of the latency table (eu-west, us-east, Paris, Boston), found "Bostn"; did you mean Boston?',
    ]);
  });

  it("of a variant carry its name, and those of the scenario are told once", () => {
    const variants = { big: { committee: { shards: 2 } }, odd: { horizon: "1 h" } };
    expect(mistakesIn({ replications: 0, variants })).toEqual([
      "replications: expected a whole number above 0, found 0",
      "variants.big.committee.shards: expected a whole number above 3, found 2",
      'variants.odd.horizon: expected a duration such as "250ms", "6h" or "14d", found "1 h"',
    ]);
  });

  it("include an input that is no object", () => {
    const result = resolveScenario("baseline");
    expect(result).toEqual({ ok: false, mistakes: ['expected an object, found "baseline"'] });
  });
});

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

describe("a resolved scenario", () => {
  it("has numbers in the model's units", () => {
    const { scenario } = resolved({
      horizon: "2h",
      committee: { nodes: 3, uplink: "1Gbit/s" },
      network: { loss: "1%" },
      workload: { preload: { blobs: 5, size: "1MiB" }, writes: { rate: "3600/h", size: "1KiB" } },
      faults: [{ kind: "crash-recover", timeToFailure: "1d", timeToRepair: "1h" }],
    });
    expect(scenario.horizon).toBe(7_200e6);
    expect(scenario.committee.uplink).toBe(125);
    expect(scenario.network.loss).toBe(0.01);
    expect(scenario.workload.preload).toEqual({
      blobs: 5,
      size: { kind: "constant", value: 1_048_576 },
    });
    expect(scenario.workload.writes).toEqual([
      { arrivals: { kind: "poisson", rate: 1e-6 }, size: { kind: "constant", value: 1024 } },
    ]);
    expect(scenario.faults[0]).toMatchObject({
      timeToFailure: { kind: "exponential", mean: 86_400e6 },
      timeToRepair: { kind: "exponential", mean: 3_600e6 },
    });
  });

  it("is plain JSON, so that a run can be replayed from its manifest", () => {
    const { scenario } = resolved({
      preset: ["war"],
      workload: { preload: { blobs: 1 }, reads: { rate: "1/s", range: { bytes: "1KiB" } } },
    });
    expect(JSON.parse(JSON.stringify(scenario))).toEqual(scenario);
  });

  it("takes its seed from its name, unless it has one of its own", () => {
    expect(resolved({}).scenario.seed).toBe("test");
    expect(resolved({ seed: 7 }).scenario.seed).toBe("7");
  });

  it("holds the values of the tables it names", () => {
    const table = {
      columns: ["repair_min"],
      rows: ["1", "2.5"].map((repair_min, index) => ({ line: index + 2, cells: { repair_min } })),
    };
    const timeToRepair = { kind: "empirical", table: "r.csv", column: "repair_min", unit: "min" };
    const result = resolveScenario(
      {
        name: "test",
        question,
        faults: [{ kind: "crash-recover", timeToFailure: "1d", timeToRepair }],
      },
      { tables: { "r.csv": table } },
    );
    expect(result).toMatchObject({
      scenario: { faults: [{ timeToRepair: { kind: "empirical", values: [60e6, 150e6] } }] },
    });
  });

  it("has variants that differ in their fields alone", () => {
    const { scenario, variants } = resolved({
      committee: { nodes: 10, cores: 2 },
      variants: {
        many: { committee: { nodes: 20 } },
        copies: { encoding: { scheme: "replication", copies: 3 } },
      },
    });
    expect(variants.map(({ name }) => name)).toEqual(["many", "copies"]);
    expect(variants[0]!.scenario.committee).toMatchObject({ cores: 2 });
    expect(variants[0]!.scenario.committee.nodes).toHaveLength(20);
    expect(variants[1]!.scenario).toEqual({
      ...scenario,
      encoding: { scheme: "replication", copies: 3 },
    });
  });
});
