import { cellOf, findTable, type TableMistake, type TableRow, type Tables } from "./tables.ts";

/** A storage node as the resolved scenario lists it. */
export interface Member {
  readonly name: string;
  /** Whole number; only its proportion to the others' matters. */
  readonly stake: number;
  /** Number of shards, where a table gives it; otherwise it follows from the stake. */
  readonly shards: number | null;
  /** A city or region of the latency table. */
  readonly place: string;
  /** Hosting provider; empty if not known. */
  readonly provider: string;
}

interface Committee {
  readonly nodes: number | string;
  readonly shards: number;
  readonly stake: { readonly kind: "equal" } | { readonly kind: "zipf"; readonly exponent: number };
  readonly places: Readonly<Record<string, number>>;
  readonly providers: Readonly<Record<string, number>>;
}

type FieldMistake = TableMistake & { readonly field: string };

export type MembersResult = { readonly members: Member[] } | { readonly mistakes: FieldMistake[] };

/** The committee's members, from a count and shares or from a table. */
export function formMembers(committee: Committee, tables: Tables): MembersResult {
  const { nodes, places, providers } = committee;
  const mistakes = [...checkShares("places", places), ...checkShares("providers", providers)];
  const list =
    typeof nodes === "number"
      ? { members: countedMembers(committee, nodes) }
      : listedMembers(committee, nodes, tables);
  if ("mistakes" in list) return { mistakes: [...mistakes, ...list.mistakes] };
  if (mistakes.length > 0) return { mistakes };
  const placed = fill(list.members, "place", places);
  return { members: fill(placed, "provider", providers) };
}

const stakeMax = 1e12;

function countedMembers({ stake }: Committee, count: number): Member[] {
  const digits = String(count).length;
  return Array.from({ length: count }, (_, index) => ({
    name: `node-${String(index + 1).padStart(digits, "0")}`,
    stake: stake.kind === "equal" ? stakeMax : zipf(index + 1, stake.exponent),
    shards: null,
    place: "",
    provider: "",
  }));
}

// Not Math.pow, whose last bit differs between versions of V8.
const zipf = (rank: number, exponent: number) =>
  Math.max(1, Math.round(stakeMax * Math.exp(-exponent * Math.log(rank))));

function checkShares(field: string, shares: Readonly<Record<string, number>>): FieldMistake[] {
  const values = Object.values(shares);
  if (values.length === 0) return [];
  const sum = values.reduce((total, share) => total + share, 0);
  if (Math.abs(sum - 1) <= 0.002) return [];
  const found = `${Number((100 * sum).toPrecision(6))}%`;
  return [{ field, expected: "shares that sum to 100%", found }];
}

/** Gives members without one a name, so that each name's stake keeps close to its share of theirs. */
function fill(
  members: readonly Member[],
  field: "place" | "provider",
  shares: Readonly<Record<string, number>>,
): Member[] {
  const names = Object.keys(shares);
  if (names.length === 0) return [...members];
  const lacking = members.filter((member) => member[field] === "");
  const total = lacking.reduce((sum, { stake }) => sum + stake, 0);
  const wanting = names.map((name) => shares[name]! * total);
  return members.map((member) => {
    if (member[field] !== "") return member;
    const next = wanting.indexOf(Math.max(...wanting));
    wanting[next]! -= member.stake;
    return { ...member, [field]: names[next]! };
  });
}

function listedMembers(committee: Committee, path: string, tables: Tables): MembersResult {
  const result = findTable(tables, path, ["node"]);
  if ("mistakes" in result) {
    return { mistakes: result.mistakes.map((mistake) => ({ field: "nodes", ...mistake })) };
  }
  const { columns, rows } = result.table;
  const mistakes: FieldMistake[] = [];
  const number = (row: TableRow, column: string): number | null => {
    if (!columns.includes(column)) return null;
    const cell = row.cells[column] ?? "";
    const value = Number(cell);
    if (cell.trim() !== "" && Number.isSafeInteger(value) && value >= 0) return value;
    const found = cellOf(path, row, column);
    mistakes.push({ field: "nodes", expected: "a whole number, 0 or more", found });
    return null;
  };
  const seen = new Set<string>();
  const members = rows.map((row): Member => {
    const name = nodeName(row.cells.node ?? "");
    if (name === "" || seen.has(name)) {
      const found = cellOf(path, row, "node");
      mistakes.push({ field: "nodes", expected: "a name that no other node has", found });
    }
    seen.add(name);
    const shards = number(row, "shards");
    return {
      name,
      stake: number(row, "stake") ?? shards ?? stakeMax,
      shards,
      place: row.cells.place || row.cells.region || "",
      provider: row.cells.provider ?? "",
    };
  });
  if (mistakes.length > 0) return { mistakes };
  if (columns.includes("shards")) {
    const sum = members.reduce((total, { shards }) => total + (shards ?? 0), 0);
    if (sum !== committee.shards) {
      const expected = `a table whose shards sum to committee.shards, ${committee.shards}`;
      return { mistakes: [{ field: "nodes", expected, found: `${sum} in ${path}` }] };
    }
  }
  return { members };
}

const nodeName = (cell: string) => (/^\d+$/.test(cell) ? `node-${cell}` : cell.trim());
