import { expectedFound, mistakeLine, type Path, showValue } from "./mistake-text.ts";
import type { PlaceNames } from "./place-names.ts";
import type { Fault, FaultSide, ResolvedScenario } from "./scenario.ts";

type Report = (path: Path, what: string, name: string, names: readonly string[]) => void;

/** Whether every place, region, provider and node that a scenario names exists; `places` may be unknown. */
export function checkNames(
  { committee, workload, faults = [] }: Partial<ResolvedScenario>,
  places: PlaceNames | undefined,
): string[] {
  const mistakes: string[] = [];
  const report: Report = (path, what, name, names) => {
    const few = names.length > 12 ? "" : ` (${names.join(", ")})`;
    mistakes.push(mistakeLine(path, expectedFound(`${what}${few}`, showValue(name), names)));
  };

  const members = committee?.nodes ?? [];
  const standing = [...new Set(members.map(({ place }) => place))];
  const known = places && [...places.regions, ...places.places];
  if (known !== undefined) {
    const what = "a city or region of the latency table";
    for (const place of standing) {
      if (!known.includes(place)) report(["committee", "places"], what, place, known);
    }
    for (const place of Object.keys(workload?.clients ?? {})) {
      if (!known.includes(place)) report(["workload", "clients"], what, place, known);
    }
  }
  if (committee === undefined) return mistakes;

  const regions = new Set(standing);
  for (const place of standing) regions.add(places?.regionOf(place) ?? place);
  const providers = new Set(members.map(({ provider }) => provider).filter((name) => name !== ""));
  const names = {
    region: [...regions],
    provider: [...providers],
    node: members.map(({ name }) => name),
    place: [...regions, ...Object.keys(workload?.clients ?? {})],
  };
  faults.forEach((fault, index) => {
    checkFault(fault, ["faults", index], names, report);
  });
  return mistakes;
}

type Names = Readonly<Record<"region" | "provider" | "node" | "place", readonly string[]>>;

function checkFault(fault: Fault, path: Path, names: Names, report: Report): void {
  if (fault.kind === "region-outage") {
    checkName(fault.region, "region", [...path, "region"], names, report);
  } else if (fault.kind === "provider-outage") {
    checkName(fault.provider, "provider", [...path, "provider"], names, report);
  } else if (fault.kind === "partition" || fault.kind === "link") {
    checkSide(fault.from, [...path, "from"], names, report);
    checkSide(fault.to, [...path, "to"], names, report);
  } else {
    checkSide(fault.nodes, [...path, "nodes"], names, report);
  }
}

function checkSide(side: FaultSide, path: Path, names: Names, report: Report): void {
  if (typeof side === "string") return;
  if ("region" in side) checkName(side.region, "region", [...path, "region"], names, report);
  if ("provider" in side)
    checkName(side.provider, "provider", [...path, "provider"], names, report);
  if ("list" in side) {
    side.list.forEach((name, index) => {
      checkName(name, "node", [...path, "list", index], names, report);
    });
  }
  if ("places" in side) {
    side.places.forEach((name, index) => {
      checkName(name, "place", [...path, "places", index], names, report);
    });
  }
  if ("count" in side && side.count > names.node.length) {
    const what = `at most as many as the committee has nodes, ${names.node.length}`;
    report([...path, "count"], what, String(side.count), []);
  }
}

const descriptions: Readonly<Record<keyof Names, string>> = {
  region: "a region where nodes stand",
  provider: "a provider of some node",
  node: "the name of a node",
  place: "a place of nodes or clients",
};

function checkName(name: string, of: keyof Names, path: Path, names: Names, report: Report): void {
  if (!names[of].includes(name)) report(path, descriptions[of], name, names[of]);
}
