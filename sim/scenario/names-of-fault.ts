import type { Path } from "./mistake-text.ts";
import type { Fault, FaultNodes, FaultSide, PlainFault } from "./scenario.ts";

/** A name that a fault uses, and of what. */
export interface UsedName {
  readonly path: Path;
  readonly of: "region" | "provider" | "node" | "place" | "client";
  readonly name: string;
}

/** Each fault of a list, and those within its regimes, with their paths. */
export function faultsWithPaths(faults: readonly Fault[]): { fault: PlainFault; path: Path }[] {
  return faults.flatMap((fault, index) =>
    fault.kind === "regime"
      ? fault.faults.map((each, inner) => ({
          fault: each,
          path: ["faults", index, "faults", inner],
        }))
      : [{ fault, path: ["faults", index] }],
  );
}

/** All names that a fault uses, with their paths. */
export function namesOfFault(fault: PlainFault, path: Path): UsedName[] {
  const clients = clientsOf(fault, path);
  const nodes = sidesOf(fault, path).flatMap(({ side, path }) => namesOfSide(side, path));
  return [...clients, ...nodes, ...partOf(fault, path)];
}

function clientsOf(fault: PlainFault, path: Path): UsedName[] {
  if (fault.kind === "eclipse") {
    return [{ path: [...path, "client"], of: "client", name: fault.client }];
  }
  if (fault.kind !== "liars") return [];
  return listed(fault.clients ?? [], [...path, "clients"], "client");
}

function partOf(fault: PlainFault, path: Path): UsedName[] {
  switch (fault.kind) {
    case "region-outage":
      return [{ path: [...path, "region"], of: "region", name: fault.region }];
    case "provider-outage":
      return [{ path: [...path, "provider"], of: "provider", name: fault.provider }];
    default:
      return [];
  }
}

/** The groups of nodes or hosts that a fault is about. */
export function sidesOf(fault: PlainFault, path: Path): { side: FaultSide; path: Path }[] {
  switch (fault.kind) {
    case "region-outage":
    case "provider-outage":
    case "adaptive":
    case "registration-spam":
    case "small-blob-flood":
      return [];
    case "eclipse":
      return [{ side: fault.liars, path: [...path, "liars"] }];
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
  if ("hurting" in side) return hurtOf(side, path);
  if ("region" in side) return [{ path: [...path, "region"], of: "region", name: side.region }];
  if ("provider" in side) {
    return [{ path: [...path, "provider"], of: "provider", name: side.provider }];
  }
  if ("list" in side) return listed(side.list, [...path, "list"], "node");
  return "places" in side ? listed(side.places, [...path, "places"], "place") : [];
}

const hurtOf = (side: Extract<FaultNodes, { hurting: string }>, path: Path): UsedName[] =>
  side.region === undefined ? [] : [{ path: [...path, "region"], of: "client", name: side.region }];

const listed = (names: readonly string[], path: Path, of: UsedName["of"]): UsedName[] =>
  names.map((name, index) => ({ path: [...path, index], of, name }));
