import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type LatencyTexts, parseLatency } from "./latency-csv.ts";
import { fixedLatency, type LatencyTable } from "./latency-table.ts";

const places = "place,region\nParis,eu-west\nLyon,eu-west\nTokyo,asia\nOsaka,asia\n";
const roundTrip = `from,Paris,Lyon,Tokyo,Osaka
Paris,0,8,240,
Lyon,10,0,,260
Tokyo,242,,0,12
Osaka,,264,12,0
`;
const deviation = `from,Paris,Lyon,Tokyo,Osaka
Paris,0,1,2,
Lyon,1,0,,4
Tokyo,2,,0,1
Osaka,,3,1,0
`;

function parsed(texts: LatencyTexts): LatencyTable {
  const result = parseLatency(texts);
  if (!result.ok) throw new Error(JSON.stringify(result.mistakes));
  return result.table;
}

const between = (table: LatencyTable, from: string, to: string) =>
  [table.indexOf(from)!, table.indexOf(to)!] as const;
const mean = (table: LatencyTable, from: string, to: string) =>
  table.meanMicroseconds(...between(table, from, to));
const spread = (table: LatencyTable, from: string, to: string) =>
  table.deviationMicroseconds(...between(table, from, to));

describe("a latency table", () => {
  it("gives half of the round trip to each way", () => {
    const table = parsed({ places, roundTrip });
    expect(mean(table, "Paris", "Lyon")).toBe(4_000);
    expect(mean(table, "Lyon", "Paris")).toBe(5_000);
  });

  it("gives half of the round trip's variance to each way", () => {
    const table = parsed({ places, roundTrip, deviation });
    expect(spread(table, "Paris", "Tokyo")).toBeCloseTo(2_000 / Math.SQRT2, 6);
  });

  it("assumes a deviation of 0.6 ms, and at most a tenth of the round trip, without a table of them", () => {
    const table = parsed({ places, roundTrip });
    expect(spread(table, "Paris", "Tokyo")).toBeCloseTo(600 / Math.SQRT2, 6);
    expect(spread(table, "Paris", "Paris")).toBeCloseTo(75 / Math.SQRT2, 6);
  });

  it("takes the opposite direction, or the median between the regions, for a blank cell", () => {
    const holes = roundTrip.replace("Tokyo,242,,", "Tokyo,,,");
    const table = parsed({ places, roundTrip: holes });
    expect(mean(table, "Tokyo", "Paris")).toBe(120_000); // Paris to Tokyo, 240.
    expect(mean(table, "Paris", "Osaka")).toBe(130_000); // eu-west to asia: 240 and 260.
    expect(mean(table, "Tokyo", "Lyon")).toBe(132_000); // asia to eu-west: 264.
  });

  it("keeps two hosts of one place as far apart as two zones of a city", () => {
    const table = parsed({ places, roundTrip: roundTrip.replace("Paris,0,", "Paris,2.5,") });
    expect(mean(table, "Lyon", "Lyon")).toBe(375);
    expect(mean(table, "Paris", "Paris")).toBe(1_250);
  });

  it("knows the places of a region", () => {
    const table = parsed({ places, roundTrip });
    expect(table.placesIn("asia").map(({ name }) => name)).toEqual(["Tokyo", "Osaka"]);
    expect(table.placesIn("atlantis")).toEqual([]);
    expect(table.indexOf("Atlantis")).toBeUndefined();
  });

  it("may come with any columns, in any order, and with lines ended as on Windows", () => {
    const wide = "region,note,place\r\nasia,x,Tokyo\r\n";
    const table = parsed({ places: wide, roundTrip: "from,Tokyo\r\nTokyo,3\r\n" });
    expect(mean(table, "Tokyo", "Tokyo")).toBe(1_500);
  });
});

describe("a fixed latency", () => {
  it("is the same between all places, and within one", () => {
    const table = fixedLatency(20_000, parsed({ places, roundTrip }).places);
    expect(mean(table, "Paris", "Tokyo")).toBe(20_000);
    expect(mean(table, "Tokyo", "Tokyo")).toBe(20_000);
    expect(spread(table, "Paris", "Tokyo")).toBe(0);
  });
});

describe("mistakes in the tables", () => {
  const mistakes = (texts: Partial<LatencyTexts>) => {
    const result = parseLatency({ places, roundTrip, ...texts });
    return result.ok
      ? []
      : result.mistakes.map((each) => `${each.table}:${each.line}: ${each.text}`);
  };

  it("are told all at once, by table and line", () => {
    const found = mistakes({
      places: "place,region\nParis,eu-west\nLyon\nParis,eu-west\nTokyo,\n",
      roundTrip: "from,Paris,Tokio\nParis,fast,1\nTokyo,-1,2\nLyon,1\n",
    });
    expect(found).toEqual([
      "places:3: expected 2 cells, found 1",
      "places:4: Paris stands here for the second time",
      "places:5: expected a place and a region",
      "roundTrip:1: Tokio is not in the table of places",
      "roundTrip:2: Paris: expected milliseconds, found fast",
      "roundTrip:3: Paris: expected milliseconds, found -1",
      "roundTrip:4: expected 3 cells, found 2",
      "roundTrip:1: no row for Lyon",
    ]);
  });

  it.each([
    ["no columns", { places: "city\nParis\n" }, "places:1: expected the columns place and region"],
    ["no rows", { places: "place,region\n" }, "places:1: expected at least one place"],
    ["an empty text", { roundTrip: "" }, "roundTrip:1: no row for Paris, Lyon, Tokyo, Osaka"],
    [
      "a row twice",
      { roundTrip: `${roundTrip}Paris,0,8,240,1\n` },
      "roundTrip:6: Paris stands here for the second time",
    ],
    [
      "a mistake among deviations",
      { deviation: deviation.replace("Lyon,1,0,,4", "Lyon,1,0,,x") },
      "deviation:3: Osaka: expected milliseconds, found x",
    ],
  ])("include %s", (_, texts, expected) => {
    expect(mistakes(texts)[0]).toContain(expected);
  });
});

describe("the tables that come with the scenarios", () => {
  const read = (file: string) =>
    readFileSync(new URL(`../../scenarios/data/${file}`, import.meta.url), "utf8");

  it("give WonderNetwork's cities and AWS's regions a place each", () => {
    const cities = parsed({
      places: read("wonder-network-cities.csv"),
      roundTrip: read("wonder-network-rtt-ms.csv"),
      deviation: read("wonder-network-rtt-deviation-ms.csv"),
    });
    expect(cities.places).toHaveLength(246);
    expect(mean(cities, "London", "New York")).toBeGreaterThan(30_000);
    expect(mean(cities, "London", "New York")).toBeLessThan(45_000);
    const regions = parsed({ places: read("aws-regions.csv"), roundTrip: read("aws-rtt-ms.csv") });
    expect(regions.places).toHaveLength(32);
    expect(mean(regions, "us-east-1", "us-east-1")).toBeGreaterThan(1_000);
  });

  it("name, for every node of a committee, a place of WonderNetwork's and its region", () => {
    const region = (line: string) => line.split(",");
    const known = new Map(
      read("wonder-network-cities.csv")
        .split("\n")
        .map((line) => [region(line)[0], region(line)[4]]),
    );
    for (const file of ["walrus-testnet-committee.csv", "sui-validators-committee.csv"]) {
      const [header = "", ...rows] = read(file).trimEnd().split("\n");
      const column = (name: string) => header.split(",").indexOf(name);
      const nodes = rows.map((row) => row.split(","));
      for (const node of nodes) {
        expect(known.get(node[column("place")])).toBe(node[column("region")]);
      }
      const shards = nodes.reduce((sum, node) => sum + Number(node[column("shards")]), 0);
      expect(shards).toBe(1_000);
    }
  });
});
