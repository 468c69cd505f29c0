import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { summarize } from "./summary.ts";
import { type Cell, type CsvFile, runTables, sweepTables } from "./tables.ts";
import { guarantees } from "./testing/guarantees.ts";
import { syntheticRows } from "./testing/synthetic-rows.ts";

const replications = syntheticRows({ replications: 2, reads: 50, writes: 20 });
const summary = summarize({
  scenario: "made-up",
  question: "Is it?",
  replications,
  guarantees: guarantees("read.latency: p50 <= 1ms"),
});
const cell: Cell = { values: {}, summary, replications };

const recordsOf = (files: readonly CsvFile[], file: string): Record<string, string>[] =>
  parse(files.find((candidate) => candidate.file === file)?.text ?? "", { columns: true });

describe("the tables of a run", () => {
  const files = runTables([cell]);

  it("have a line for every row, with its replication", () => {
    const reads = recordsOf(files, "reads.csv");
    expect(reads).toHaveLength(replications[0]!.reads.length + replications[1]!.reads.length);
    expect(reads.at(-1)).toMatchObject({
      replication: "1",
      read: String(replications[1]!.reads.at(-1)!.read),
      latencyMicroseconds: String(replications[1]!.reads.at(-1)!.latencyMicroseconds),
    });
    expect(recordsOf(files, "nodes.csv")).toHaveLength(80);
    expect(recordsOf(files, "timeline.csv")).toHaveLength(240);
  });

  it("leave a field empty where there is no such time or latency", () => {
    expect(recordsOf(files, "nodes.csv")[0]?.lostAt).toBe("");
    const unfinished = recordsOf(files, "recoveries.csv").find((row) => row.outcome !== "ok");
    expect(unfinished).toMatchObject({ outcome: "unfinished", finishedAt: "" });
  });

  it("say of every column what it means and in which unit", () => {
    const meanings = recordsOf(files, "columns.csv");
    for (const { file, text } of files.filter(({ file: name }) => name !== "columns.csv")) {
      const header = text.slice(0, text.indexOf("\n")).split(",");
      const described = meanings.filter((meaning) => meaning.file === file);
      expect(described.map(({ column }) => column)).toEqual(header);
      expect(described.every(({ meaning }) => meaning !== "")).toBe(true);
    }
  });

  it("have every key of a row as a column", () => {
    const header = Object.keys(recordsOf(files, "writes.csv")[0] ?? {});
    expect(header).toEqual(["replication", ...Object.keys(replications[0]!.writes[0]!)]);
    expect(
      Object.keys(recordsOf(files, "reads.csv")[0] ?? {})
        .slice(1)
        .sort(),
    ).toEqual(Object.keys(replications[0]!.reads[0]!).sort());
    expect(
      Object.keys(recordsOf(files, "timeline.csv")[0] ?? {})
        .slice(1)
        .sort(),
    ).toEqual(Object.keys(replications[0]!.timeline[0]!).sort());
    expect(
      Object.keys(recordsOf(files, "nodes.csv")[0] ?? {})
        .slice(1)
        .sort(),
    ).toEqual(Object.keys(replications[0]!.nodes[0]!).sort());
    expect(
      Object.keys(recordsOf(files, "recoveries.csv")[0] ?? {})
        .slice(1)
        .sort(),
    ).toEqual(Object.keys(replications[0]!.recoveries[0]!).sort());
  });

  it("end the summary with the guarantees and their verdicts", () => {
    expect(recordsOf(files, "summary.csv").at(-1)).toMatchObject({
      metric: "read.latency",
      guarantee: "read.latency: p50 <= 1ms",
      limit: "0.001",
      verdict: "undecided",
    });
  });

  it("give back whatever text a name is, quoted where it must be", () => {
    const name = fc.oneof(fc.string(), fc.constantFrom('Acme, "Inc."', "two\nlines", " spaced "));
    fc.assert(
      fc.property(name, (provider) => {
        const [rows] = replications;
        const odd = [{ ...rows!, nodes: [{ ...rows!.nodes[0]!, provider }] }];
        const nodes = recordsOf(runTables([{ ...cell, replications: odd }]), "nodes.csv");
        expect(nodes.map((node) => node.provider)).toEqual([provider]);
      }),
      { numRuns: 50 },
    );
  });
});

describe("the table of a sweep", () => {
  it("puts what was varied first", () => {
    const points = [50, 100].map((nodes) => ({ values: { "committee.nodes": nodes }, summary }));
    const rows = recordsOf(sweepTables(points), "sweep.csv");
    expect(Object.keys(rows[0] ?? {})[0]).toBe("committee.nodes");
    expect(rows).toHaveLength(2 * (summary.metrics.length + 1));
    expect(rows.at(-1)?.["committee.nodes"]).toBe("100");
  });
});
