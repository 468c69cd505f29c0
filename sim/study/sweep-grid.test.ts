import { describe, expect, it } from "vitest";
import { gridPoints, parseVariation } from "./sweep-grid.ts";

describe("a variation", () => {
  it("is a path and its values", () => {
    expect(parseVariation("committee.nodes=50, 100", [])).toEqual({
      path: "committee.nodes",
      values: ["50", "100"],
    });
  });

  it("keeps commas inside brackets and quotes", () => {
    const text = 'encoding={"scheme":"reed-solomon","dataShards":10},{"scheme":"red-stuff"}';
    expect(parseVariation(text, [])?.values).toEqual([
      '{"scheme":"reed-solomon","dataShards":10}',
      '{"scheme":"red-stuff"}',
    ]);
  });

  it.each([
    ["committee.nodes", "--vary: expected path=value,value,..., found committee.nodes"],
    ["=1,2", "--vary: expected path=value,value,..., found =1,2"],
    ["a=1,,2", "--vary: expected path=value,value,..., found a=1,,2"],
    ["a=1,2,1", "--vary a: expected different values, found 1 twice"],
  ])("%s is a mistake", (text, mistake) => {
    const mistakes: string[] = [];
    expect(parseVariation(text, mistakes)).toBeUndefined();
    expect(mistakes).toEqual([mistake]);
  });
});

describe("a grid", () => {
  it("has every combination, the path given last changing fastest", () => {
    const points = gridPoints([
      { path: "a", values: ["1", "2"] },
      { path: "b", values: ["x", "y", "z"] },
    ]);
    const texts = points.map((point) => point.map(({ value }) => value).join(""));
    expect(texts).toEqual(["1x", "1y", "1z", "2x", "2y", "2z"]);
  });

  it("of no variation is the scenario as it is", () => {
    expect(gridPoints([])).toEqual([[]]);
  });
});
