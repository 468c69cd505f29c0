import type { LatencyTexts } from "../network/latency-csv.ts";

/** A measured table that a scenario names, such as `"data/walrus-testnet-committee.csv"`. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  /** Of the file, counted from 1. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** What the tables that a scenario names hold, by those names; for an unreadable one, the reason. */
export type NamedTables = Readonly<Record<string, Table | string>>;

/** How a table is named: by a path relative to the scenario's own file. */
export type TablePath = `${string}.csv`;

/** Texts of the large tables that a resolved scenario needs but does not hold, by file name. */
export type Tables = Readonly<Record<string, string>>;

/** The files behind the names of `network.latency`, all in scenarios/data. */
export const latencyFiles = {
  "wonder-network": {
    places: "wonder-network-cities.csv",
    roundTrip: "wonder-network-rtt-ms.csv",
    deviation: "wonder-network-rtt-deviation-ms.csv",
  },
  aws: { places: "aws-regions.csv", roundTrip: "aws-rtt-ms.csv", deviation: undefined },
} as const;

type Latency = keyof typeof latencyFiles | { readonly kind: "fixed" };

/** Names of the files that {@link Tables} must hold for a scenario with such a `network.latency`. */
export function tablesNeeded(latency: Latency): readonly string[] {
  if (typeof latency === "object") return [];
  return Object.values(latencyFiles[latency]).filter((file) => file !== undefined);
}

/** The latency table's texts; `undefined` where the latency is fixed. */
export function latencyTexts(latency: Latency, tables: Tables): LatencyTexts | undefined {
  if (typeof latency === "object") return undefined;
  const { places, roundTrip, deviation } = latencyFiles[latency];
  const texts = { places: tables[places] ?? "", roundTrip: tables[roundTrip] ?? "" };
  return deviation === undefined ? texts : { ...texts, deviation: tables[deviation] ?? "" };
}
