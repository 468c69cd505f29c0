import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeFileWhole } from "./write-file.ts";

let place = "";

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "floe-file-"));
});

afterEach(() => rmSync(place, { recursive: true }));

describe("a file written whole", () => {
  it("takes the place of an earlier one, and makes its folder", () => {
    const path = join(place, "deep/file.txt");
    writeFileWhole(path, "old");
    writeFileWhole(path, "new");
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(readdirSync(join(place, "deep"))).toEqual(["file.txt"]);
  });

  it("leaves nothing beside a path that it cannot take", () => {
    mkdirSync(join(place, "taken"));
    expect(() => writeFileWhole(join(place, "taken"), "new")).toThrow(
      /taken: expected a file that can be written, found: it is a folder/,
    );
    expect(readdirSync(place)).toEqual(["taken"]);
  });
});
