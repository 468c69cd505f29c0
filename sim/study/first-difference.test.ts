import { describe, expect, it } from "vitest";
import { seconds } from "../engine/sim-time.ts";
import { firstDifference } from "./first-difference.ts";
import { tinyHorizon, tinyWorld } from "./tiny-world.fixture.ts";

describe("the first difference of two worlds", () => {
  it("is none if they are the same", () => {
    expect(firstDifference(tinyWorld, tinyWorld, tinyHorizon)).toBeUndefined();
  });

  // Tick 501 comes at 5.01 s, as event 502: the start comes first.
  it("is the very fact that one of them has more, with the facts around it", () => {
    const difference = firstDifference(tinyWorld, () => tinyWorld(501), tinyHorizon);
    const [left, right] = difference!.sides;
    expect(difference!.eventsBefore).toBe(502);
    expect(left.line).toMatchObject({ kind: "event", time: seconds(5.02), handler: "wake" });
    expect(right.line).toMatchObject({
      ...{ kind: "fact", time: seconds(5.01), actor: "clock" },
      details: { tick: 501 },
    });
    expect(right.factAfter).toEqual(right.line);
  });

  it("is found after the horizon too", () => {
    const difference = firstDifference(tinyWorld, () => tinyWorld(1001), tinyHorizon);
    const [left, right] = difference!.sides;
    expect(left.line).toBeUndefined();
    expect(right.line).toMatchObject({ kind: "fact", time: seconds(10.01) });
  });
});
