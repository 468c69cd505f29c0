import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ReplicationResult, StudyCell } from "./replication.ts";
import { RunStore } from "./run-store.ts";

let place = "";

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "floe-store-"));
});

afterEach(() => rmSync(place, { recursive: true }));

const cellOf = (scenario: object) => ({ scenario, tables: {}, command: "" }) as StudyCell;
const cell = cellOf({ seed: "a", horizon: 10, guarantees: [], replications: 2, question: "?" });
const result = { replication: 1, rows: { audit: undefined }, eventCount: 5 } as ReplicationResult;

describe("a store of finished replications", () => {
  it("gives back what was put, also to another process", () => {
    new RunStore(place).put(cell, result);
    const store = new RunStore(place);
    expect(store.has(cell, 1)).toBe(true);
    expect(store.has(cell, 0)).toBe(false);
    expect(store.get(cell, 1)).toStrictEqual(result);
  });

  it("knows a run by its model alone, not by what is asked of it", () => {
    const store = new RunStore(place);
    store.put(cell, result);
    const asked = { seed: "a", horizon: 10, guarantees: ["x"], replications: 9, question: "!" };
    expect(store.has(cellOf(asked), 1)).toBe(true);
    expect(store.has(cellOf({ ...asked, horizon: 11 }), 1)).toBe(false);
    expect(store.has({ ...cell, tables: { other: "table" } } as unknown as StudyCell, 1)).toBe(
      false,
    );
  });

  it("forgets what other code has made", () => {
    new RunStore(place, "1").put(cell, result);
    expect(new RunStore(place, "1").has(cell, 1)).toBe(true);
    expect(new RunStore(place, "2").has(cell, 1)).toBe(false);
  });

  it("runs again what a crash of the machine left in pieces", () => {
    const store = new RunStore(place);
    store.put(cell, result);
    writeFileSync(join(place, readdirSync(place)[0]!), "half");
    expect(store.has(cell, 1)).toBe(false);
  });
});
