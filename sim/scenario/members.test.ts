import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assignByShare, countedMembers } from "./members.ts";

describe("members of a committee", () => {
  it("have names of one length, so that they sort as they count", () => {
    const names = countedMembers(12, { kind: "equal" }).map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
    expect(names[0]).toBe("node-01");
  });

  it("have stake that falls with the rank to the power asked for", () => {
    const stakes = countedMembers(4, { kind: "zipf", exponent: 1 }).map(({ stake }) => stake);
    expect(stakes.map((stake) => stakes[0]! / stake)).toEqual([
      1,
      expect.closeTo(2, 9),
      expect.closeTo(3, 9),
      expect.closeTo(4, 9),
    ]);
    expect(stakes.every(Number.isSafeInteger)).toBe(true);
  });

  it("stand where the shares say, to within the largest member", () => {
    const shares = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.nat({ max: 2 }),
        shares,
        (count, exponent, parts) => {
          const sum = parts.reduce((total, part) => total + part, 0);
          const places = Object.fromEntries(parts.map((part, index) => [`p${index}`, part / sum]));
          const members = assignByShare(
            countedMembers(count, { kind: "zipf", exponent }),
            "place",
            places,
          );
          const total = members.reduce((stake, member) => stake + member.stake, 0);
          for (const [place, share] of Object.entries(places)) {
            const here = members.filter((member) => member.place === place);
            const stake = here.reduce((each, member) => each + member.stake, 0);
            expect(stake).toBeLessThanOrEqual(share * total + members[0]!.stake);
          }
        },
      ),
    );
  });

  it("keep the places they have", () => {
    const members = countedMembers(3, { kind: "equal" }).with(1, {
      name: "node-2",
      stake: 1e12,
      shards: null,
      place: "Paris",
      provider: "",
    });
    const placed = assignByShare(members, "place", { Boston: 1 });
    expect(placed.map(({ place }) => place)).toEqual(["Boston", "Paris", "Boston"]);
  });
});
