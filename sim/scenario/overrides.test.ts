import { describe, expect, it } from "vitest";
import { applyOverrides } from "./overrides.ts";

const input = {
  name: "a",
  committee: { nodes: 100 },
  ledger: { register: "2s" },
  faults: [{ kind: "crash", nodes: "all", at: "1h" }],
};

const changed = (...overrides: string[]) => {
  const result = applyOverrides(input, overrides);
  return result.ok ? result.input : result.mistakes;
};

describe("overrides", () => {
  it("set a number, a text with a unit, a list or an object", () => {
    expect(changed("committee.nodes=50")).toMatchObject({ committee: { nodes: 50 } });
    expect(changed("horizon=6h")).toMatchObject({ horizon: "6h" });
    expect(changed('guarantees=["a"]')).toMatchObject({ guarantees: ["a"] });
    expect(changed('committee.stake={"kind":"zipf"}')).toMatchObject({
      committee: { nodes: 100, stake: { kind: "zipf" } },
    });
    expect(changed("name = a=b")).toMatchObject({ name: "a=b" });
  });

  it("reach into lists, with brackets or with dots, and add to their end", () => {
    expect(changed("faults[0].at=2h")).toMatchObject({ faults: [{ kind: "crash", at: "2h" }] });
    expect(changed("faults.0.at=2h")).toMatchObject({ faults: [{ kind: "crash", at: "2h" }] });
    expect(changed("faults[1].kind=liars")).toMatchObject({
      faults: [{ kind: "crash" }, { kind: "liars" }],
    });
  });

  it("make what is not there yet", () => {
    expect(changed("client.tail.factor=1")).toMatchObject({ client: { tail: { factor: 1 } } });
    expect(changed("workload.surges[0].factor=5")).toMatchObject({
      workload: { surges: [{ factor: 5 }] },
    });
  });

  it("come one after another", () => {
    expect(changed("committee.nodes=1", "committee.nodes=2")).toMatchObject({
      committee: { nodes: 2 },
    });
  });

  it("leave the input as it was", () => {
    const before = structuredClone(input);
    changed("faults[0].at=2h", "committee.nodes=1");
    expect(input).toEqual(before);
  });

  it("tell every mistake with its path", () => {
    expect(
      changed("nonsense", "faults[2].at=1h", "faults.at=1h", "ledger.register.median=1s"),
    ).toEqual([
      '--set: expected path=value, such as committee.nodes=50, found "nonsense"',
      "faults[2]: expected an index from 0 to 1 (1 adds to the list), found 2",
      'faults.at: expected an index from 0 to 1 (1 adds to the list), found "at"',
      'ledger.register: expected an object, to set median in, found "2s"',
    ]);
  });
});
