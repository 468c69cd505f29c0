/** A storage node as the resolved scenario lists it. */
export interface Member {
  readonly name: string;
  /** Whole number; only its proportion to the others' matters. */
  readonly stake: number;
  /** Number of shards, where a table gives it; `null` where it follows from the stake. */
  readonly shards: number | null;
  /** A city or region of the latency table. */
  readonly place: string;
  /** Hosting provider; empty if not known. */
  readonly provider: string;
}

/** How much stake the members have whose stake is not listed, by rank. */
export type StakeShape =
  | { readonly kind: "equal" }
  | { readonly kind: "zipf"; readonly exponent: number };

export type Shares = Readonly<Record<string, number>>;

const stakeMax = 1e12;

/** So many members, without place and provider. */
export function countedMembers(count: number, stake: StakeShape): Member[] {
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

/**
 * Gives the members without one a place (or provider) in turn, so that the stake at each keeps
 * close to its share. No luck is in it: the same committee always stands at the same places.
 */
export function assignByShare(
  members: readonly Member[],
  field: "place" | "provider",
  shares: Shares,
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
