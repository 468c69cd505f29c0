import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { OutputFolder } from "./output-folder.ts";

const always = () => true;
const never = () => false;
let place = "";

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "floe-output-"));
});

afterEach(() => rmSync(place, { recursive: true }));

describe("an output folder", () => {
  it("appears whole when it is committed, with all parents", () => {
    const folder = new OutputFolder(join(place, "results/a"), never);
    folder.write("manifest.json", "{}");
    folder.write("figures/one.svg", "<svg/>");
    expect(existsSync(join(place, "results/a"))).toBe(false);

    folder.commit();

    expect(readdirSync(join(place, "results"))).toEqual(["a"]);
    expect(readFileSync(join(place, "results/a/figures/one.svg"), "utf8")).toBe("<svg/>");
  });

  it("leaves nothing behind when it is discarded, not even the parents it made", () => {
    const folder = new OutputFolder(join(place, "results/deep/a"), never);
    folder.write("manifest.json", "{}");
    folder.discard();
    expect(readdirSync(place)).toEqual([]);
  });

  it("keeps a parent in which somebody else has put something since", () => {
    const folder = new OutputFolder(join(place, "results/a"), never);
    writeFileSync(join(place, "results/other"), "");
    folder.discard();
    expect(readdirSync(join(place, "results"))).toEqual(["other"]);
  });

  it("takes the place of earlier results, of which no file stays", () => {
    const path = join(place, "a");
    mkdirSync(path);
    writeFileSync(join(path, "manifest.json"), "old");
    writeFileSync(join(path, "gone.csv"), "old");

    const folder = new OutputFolder(path, always);
    folder.write("manifest.json", "new");
    folder.commit();

    expect(readdirSync(place)).toEqual(["a"]);
    expect(readdirSync(path)).toEqual(["manifest.json"]);
    expect(readFileSync(join(path, "manifest.json"), "utf8")).toBe("new");
  });

  it("refuses a folder of other files, results that must stay, and a file", () => {
    writeFileSync(join(place, "thesis.txt"), "");
    expect(() => new OutputFolder(place, always)).toThrow(/found other files \(thesis.txt/);
    expect(() => new OutputFolder(join(place, "thesis.txt"), always)).toThrow(/found a file/);
    writeFileSync(join(place, "manifest.json"), "{}");
    expect(() => new OutputFolder(place, never)).toThrow(/--force replaces them/);
    expect(readdirSync(place).sort()).toEqual(["manifest.json", "thesis.txt"]);
  });

  it("says what is in the way of a folder that cannot be written", () => {
    writeFileSync(join(place, "file"), "");
    const below = join(place, "file/results");
    expect(() => new OutputFolder(below, never)).toThrow(
      `${below}: expected a folder that can be written, found: a file is in the way`,
    );
  });
});
