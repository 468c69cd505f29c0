import { expectedFound, mistakeLine, type Path, showValue } from "./mistake-text.ts";
import { faultsWithPaths, namesOfFault, sidesOf } from "./names-of-fault.ts";
import type { PlaceNames } from "./place-names.ts";
import type { ResolvedScenario } from "./scenario.ts";

type Fields = Partial<ResolvedScenario>;

/** Whether every place, region, provider and node that a scenario names exists. */
export function checkNames(fields: Fields, places: PlaceNames | undefined): string[] {
  return [...checkPlaces(fields, places), ...checkFaults(fields, places)];
}

function unknownName(path: Path, what: string, name: string, names: readonly string[]): string[] {
  if (names.includes(name)) return [];
  const list = names.length > 12 ? "" : ` (${names.join(", ") || "none is known"})`;
  return [mistakeLine(path, expectedFound(`${what}${list}`, showValue(name), names))];
}

// A joiner without a place of its own gets one of the members'.
const placesOf = ({ committee }: Fields) => [
  ...new Set([
    ...(committee?.nodes ?? []).map(({ place }) => place),
    ...(committee?.changes ?? []).flatMap((change) =>
      change.kind === "joins" && change.place !== "" ? [change.place] : [],
    ),
  ]),
];

function checkPlaces(fields: Fields, places: PlaceNames | undefined): string[] {
  if (places === undefined) return [];
  const known = [...places.regions, ...places.places];
  const check = (path: Path) => (name: string) =>
    unknownName(path, "a city or region of the latency table", name, known);
  return [
    ...placesOf(fields).flatMap(check(["committee", "places"])),
    ...Object.keys(fields.workload?.clients ?? {}).flatMap(check(["workload", "clients"])),
  ];
}

const descriptions = {
  region: "a region where nodes stand",
  provider: "a provider of some node",
  node: "the name of a node",
  place: "a place of nodes or clients",
  client: "a place of workload.clients",
} as const;

function checkFaults(fields: Fields, places: PlaceNames | undefined): string[] {
  const { committee, workload, faults = [] } = fields;
  if (committee === undefined) return [];
  const members = committee.nodes;
  const joiners = committee.changes.filter(({ kind }) => kind === "joins");
  const standing = placesOf(fields);
  const regions = [
    ...new Set([...standing, ...standing.map((place) => places?.regionOf(place) ?? place)]),
  ];
  const clients = Object.keys(workload?.clients ?? {});
  const names = {
    region: regions,
    provider: [...new Set(members.map(({ provider }) => provider))].filter((name) => name !== ""),
    node: [...members.map(({ name }) => name), ...joiners.map(({ node }) => node)],
    place: [...regions, ...clients],
    client: [...new Set(clients.flatMap((name) => [name, places?.regionOf(name) ?? name]))],
  };
  return faultsWithPaths(faults).flatMap(({ fault, path }) => {
    const used = namesOfFault(fault, path).flatMap(({ path, of, name }) =>
      unknownName(path, descriptions[of], name, names[of]),
    );
    const counts = sidesOf(fault, path).flatMap(({ side, path }) => {
      if (typeof side === "string" || !("count" in side) || side.count <= members.length) return [];
      const expected = `at most as many as the committee has nodes, ${members.length}`;
      return [mistakeLine([...path, "count"], expectedFound(expected, `${side.count}`))];
    });
    return [...used, ...counts];
  });
}
