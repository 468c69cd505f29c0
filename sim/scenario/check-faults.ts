import { apportion } from "../placement/apportion.ts";
import { expectedFound, mistakeLine, type Path } from "./mistake-text.ts";
import { faultsWithPaths, sidesOf } from "./names-of-fault.ts";
import type { Fault, PlainFault, ResolvedScenario } from "./scenario.ts";
import { duration, formatQuantity } from "./units.ts";

type Fields = Partial<ResolvedScenario>;

/** Whether faults can ever do what they are for: a fault that cannot bite is a mistake. */
export function checkFaults(fields: Fields): string[] {
  const { faults = [] } = fields;
  return faultsWithPaths(faults).flatMap(({ fault, path }) => [
    ...checkSame(fault, path, faults),
    ...checkShares(fault, path, fields),
    ...checkPatience(fault, path, fields),
    ...checkRecovery(fault, path, fields),
  ]);
}

const wrong = (path: Path, expected: string, found: string): string =>
  mistakeLine(path, expectedFound(expected, found));

/** From when on a fault is in force, in a list of its own. */
const beginningOf = (fault: Fault): number =>
  "at" in fault ? (fault.at ?? 0) : "from" in fault ? fault.from : 0;

function checkSame(fault: PlainFault, path: Path, faults: readonly Fault[]): string[] {
  const own = path[1] as number;
  const isInner = path.length > 2;
  return sidesOf(fault, path).flatMap(({ side, path: at }) => {
    if (typeof side === "string" || !("sameAs" in side)) return [];
    const other = faults[side.sameAs];
    const field = [...at, "sameAs"];
    if (other === undefined || side.sameAs >= own) {
      return [wrong(field, `the place of an earlier fault, below ${own}`, `${side.sameAs}`)];
    }
    if (isInner || beginningOf(other) <= beginningOf(fault)) return [];
    const text = (time: number) => (time === 0 ? "0s" : formatQuantity(time, duration));
    const expected = `a fault that begins by ${text(beginningOf(fault))}`;
    return [wrong(field, expected, `one that begins at ${text(beginningOf(other))}`)];
  });
}

function checkShares(fault: PlainFault, path: Path, { committee }: Fields): string[] {
  if (committee === undefined) return [];
  const shards = shardsOf(committee);
  const least = Math.min(...shards.filter((count) => count > 0));
  const total = shards.reduce((sum, count) => sum + count, 0);
  const shares = sidesOf(fault, path).flatMap(({ side, path: at }) =>
    typeof side !== "string" && "share" in side
      ? [{ share: side.share, at: [...at, "share"] }]
      : [],
  );
  if (fault.kind === "adaptive") shares.push({ share: fault.budget, at: [...path, "budget"] });
  return shares.flatMap(({ share, at }) => {
    if (Math.floor(share * total + 1e-9) >= least) return [];
    const expected = `at least what the smallest node holds, ${percent(least / total)}: else it strikes nobody`;
    return [wrong(at, expected, percent(share))];
  });
}

const percent = (share: number) => `${Number((100 * share).toPrecision(4))}%`;

function shardsOf({ nodes, shards }: ResolvedScenario["committee"]): readonly number[] {
  const listed = nodes.map((node) => node.shards);
  if (listed.every((count) => count !== null)) return listed;
  return apportion(
    nodes.map(({ stake }) => BigInt(stake)),
    shards,
  );
}

function checkPatience(fault: PlainFault, path: Path, { client, committee }: Fields): string[] {
  if (fault.kind !== "liars" || fault.margin === undefined) return [];
  if (client === undefined || committee === undefined) return [];
  const { metadataTimeout, symbolTimeout } = committee.recovery;
  const least = Math.min(client.requestTimeout, metadataTimeout, symbolTimeout);
  if (fault.margin < least) return [];
  const expected = `less than the shortest time limit, ${formatQuantity(least, duration)}`;
  return [wrong([...path, "margin"], expected, `"${formatQuantity(fault.margin, duration)}"`)];
}

function checkRecovery(fault: PlainFault, path: Path, { committee }: Fields): string[] {
  if (fault.kind !== "adaptive" || fault.watches !== "recovery") return [];
  if (committee === undefined || committee.recovery.enabled) return [];
  const expected = "margin, where committee.recovery.enabled is false and no node recovers";
  return [wrong([...path, "watches"], expected, '"recovery"')];
}
