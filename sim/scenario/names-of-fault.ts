import type { Path } from "./mistake-text.ts";
import type { Fault, FaultSide } from "./scenario.ts";

/** A name that a fault uses, and of what. */
export interface UsedName {
  readonly path: Path;
  readonly of: "region" | "provider" | "node" | "place";
  readonly name: string;
}

/** All names that a fault uses, with their paths. */
export function namesOfFault(fault: Fault, path: Path): UsedName[] {
  switch (fault.kind) {
    case "region-outage":
      return [{ path: [...path, "region"], of: "region", name: fault.region }];
    case "provider-outage":
      return [{ path: [...path, "provider"], of: "provider", name: fault.provider }];
    default:
      return sidesOf(fault, path).flatMap(({ side, path }) => namesOfSide(side, path));
  }
}

/** The groups of nodes or hosts that a fault is about. */
export function sidesOf(fault: Fault, path: Path): { side: FaultSide; path: Path }[] {
  switch (fault.kind) {
    case "region-outage":
    case "provider-outage":
      return [];
    case "partition":
    case "link":
      return [
        { side: fault.from, path: [...path, "from"] },
        { side: fault.to, path: [...path, "to"] },
      ];
    default:
      return [{ side: fault.nodes, path: [...path, "nodes"] }];
  }
}

function namesOfSide(side: FaultSide, path: Path): UsedName[] {
  if (typeof side === "string") return [];
  if ("region" in side) return [{ path: [...path, "region"], of: "region", name: side.region }];
  if ("provider" in side) {
    return [{ path: [...path, "provider"], of: "provider", name: side.provider }];
  }
  const listed = (names: readonly string[], key: string, of: UsedName["of"]) =>
    names.map((name, index) => ({ path: [...path, key, index], of, name }));
  if ("list" in side) return listed(side.list, "list", "node");
  return "places" in side ? listed(side.places, "places", "place") : [];
}
