import { describe, expect, it } from "vitest";
import { wrap } from "./terminal.ts";
import { textTable } from "./text-table.ts";

const green = (text: string) => `\u001b[32m${text}\u001b[39m`;

describe("wrapping text", () => {
  it("breaks at spaces and indents all lines but the first", () => {
    expect(wrap("one two three four", 9, "  ")).toBe("one two\n  three\n  four");
  });

  it("keeps the spaces it begins with", () => {
    expect(wrap("  one two", 8, "    ")).toBe("  one\n    two");
  });

  it("does not count colour codes", () => {
    expect(wrap(`all are ${green("met.")}`, 12)).toBe(`all are ${green("met.")}`);
  });

  it("breaks what has no space", () => {
    expect(wrap("a/very/long/path", 6)).toBe("a/very\n/long/\npath");
  });
});

describe("a table in the terminal", () => {
  it("has columns as wide as their cells, numbers to the right, and no line over its width", () => {
    const columns = [{ head: "name" }, { head: "value", right: true }];
    const table = textTable(columns, [
      ["a", "1.00 s"],
      ["longer", "20 s"],
    ]);
    expect(table).toBe("  name     value\n  a       1.00 s\n  longer    20 s");
  });

  it("breaks its widest column to fit 80 columns", () => {
    const table = textTable(
      [{ head: "question", wraps: true }, { head: "answer" }],
      [["why ".repeat(30), "because of the other column"]],
    );
    for (const line of table.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(table.match(/why/g)).toHaveLength(30);
  });
});
