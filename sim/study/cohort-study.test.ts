import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadScenario } from "./load-scenario.ts";
import { runReplication } from "./run-replication.ts";
import { TraceFile } from "./trace-file.ts";
import { runToResults } from "./workers.ts";

/** Sixteen days of mainnet with a change of committee, and lost disks beside what else befalls its nodes. */
async function sixteenDays() {
  const set = [
    "horizon=16d",
    "workload.preload.blobs=100000",
    "workload.reads.rate=1/h",
    "faults.1.timeToFailure=200d",
  ];
  const { scenario, tables } = await loadScenario("a-year-of-mainnet", { set });
  return { scenario, tables, command: "floe run a-year-of-mainnet" };
}

const digestsOf = ({ eventDigest, factDigest }: { eventDigest: string; factDigest: string }) => ({
  eventDigest,
  factDigest,
});

describe("a study of aggregated worlds", () => {
  it("gives the same rows and digests on one worker and on two", async () => {
    const cells = [await sixteenDays()];
    const tasks = [0, 1].map((replication) => ({ cell: 0, replication }));
    const one = await runToResults({ cells, tasks, workers: 1 });
    const two = await runToResults({ cells, tasks, workers: 2 });
    expect(two).toStrictEqual(one);
    expect(one[0]!.factDigest).not.toBe(one[1]!.factDigest);
    expect(one[0]!.rows.epochs.length).toBeGreaterThan(0);
  });

  it("gives the same digests with a trace and without", async () => {
    const cell = await sixteenDays();
    const folder = mkdtempSync(join(tmpdir(), "floe-trace-"));
    const path = join(folder, "trace.ndjson");
    const trace = new TraceFile(path);
    const traced = await runReplication(cell, 0, { observe: (world) => trace.observe(world) });
    trace.commit();
    const events = readFileSync(path, "utf8").match(/"event":/g) ?? [];
    rmSync(folder, { recursive: true });
    expect(events.length).toBe(traced.eventCount);
    expect(digestsOf(traced)).toEqual(digestsOf(await runReplication(cell, 0)));
  });
});
