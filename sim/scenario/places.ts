import type { RandomStream } from "../engine/random-streams.ts";
import { parseLatency } from "../network/latency-csv.ts";
import { fixedLatency, type LatencyTable, type Place } from "../network/latency-table.ts";
import { UserMistake } from "./mistake.ts";
import type { ResolvedScenario } from "./scenario.ts";
import { latencyTexts, type Tables } from "./tables.ts";

const parsed = new WeakMap<Tables, Map<string, LatencyTable>>();

/**
 * The latency table of a scenario; parsed once for all its replications. Where the latency is fixed,
 * the places are those that the scenario names, each a region of its own.
 *
 * @throws UserMistake if a table has bad rows
 */
export function latencyTable(scenario: ResolvedScenario, tables: Tables): LatencyTable {
  const { latency } = scenario.network;
  if (typeof latency === "object") {
    const names = new Set([
      ...scenario.committee.nodes.map(({ place }) => place),
      ...scenario.committee.changes.flatMap((change) =>
        change.kind === "joins" && change.place !== "" ? [change.place] : [],
      ),
      ...Object.keys(scenario.workload.clients),
    ]);
    const places = [...names].map((name) => ({ name, region: name }));
    return fixedLatency(latency.oneWay, places);
  }
  const known = parsed.get(tables) ?? new Map<string, LatencyTable>();
  parsed.set(tables, known);
  const table = known.get(latency) ?? parse(latency, tables);
  known.set(latency, table);
  return table;
}

function parse(latency: "wonder-network" | "aws", tables: Tables): LatencyTable {
  const texts = latencyTexts(latency, tables);
  const result = parseLatency(texts ?? { places: "", roundTrip: "" });
  if (result.ok) return result.table;
  throw new UserMistake(
    result.mistakes.map(({ table, line, text }) => `latency table ${table}, line ${line}: ${text}`),
  );
}

/**
 * The place that a scenario means by a name: a place of the latency table, or any one of a region's.
 *
 * @throws UserMistake if the table has neither
 */
export function placeNamed(
  name: string,
  path: string,
  table: LatencyTable,
  random: RandomStream,
): Place {
  const index = table.indexOf(name);
  if (index !== undefined) return table.places[index] as Place;
  const candidates = table.placesIn(name);
  if (candidates.length > 0) return candidates[Math.floor(random() * candidates.length)] as Place;
  const regions = [...new Set(table.places.map(({ region }) => region))].sort().join(", ");
  throw new UserMistake([
    `${path}: expected a place of the latency table or one of its regions (${regions}), found "${name}"`,
  ]);
}
