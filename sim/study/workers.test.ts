import { describe, expect, it } from "vitest";
import { readTables } from "./latency-files.ts";
import { loadScenario } from "./load-scenario.ts";
import type { StudyCell } from "./replication.ts";
import { runStudy, runToResults } from "./workers.ts";

async function cellOf(...set: readonly string[]): Promise<StudyCell> {
  const small = ["horizon=1min", "warmUp=0s", "workload.preload.blobs=10", "replications=4"];
  const { scenario, tables } = await loadScenario("baseline", { set: [...small, ...set] });
  return { scenario, tables, command: "floe run baseline" };
}

const tasksOf = (replications: readonly number[]) =>
  replications.map((replication) => ({ cell: 0, replication }));

describe.each([1, 2])("a study on %i workers", (workers) => {
  it("gives the results in the order of the tasks, whoever is first", async () => {
    // The first task takes twenty times as long as the others.
    const cells = [await cellOf("horizon=10min"), await cellOf("horizon=30s")];
    const tasks = [
      { cell: 0, replication: 3 },
      ...[0, 2].map((replication) => ({ cell: 1, replication })),
    ];
    const results = await runToResults({ cells, tasks, workers });
    expect(results.map(({ replication }) => replication)).toEqual([3, 0, 2]);
    expect(results.map(({ seed }) => seed)).toEqual(["baseline/3", "baseline/0", "baseline/2"]);
    expect(new Set(results.map(({ eventDigest }) => eventDigest)).size).toBe(3);
  });

  it("throws the first failure of the list, with the command that shows it, and begins no more", async () => {
    const good = await cellOf();
    // No schema lets such a horizon through: it stands for any mistake of ours.
    const bad = { ...good, scenario: { ...good.scenario, horizon: -1 } };
    const tasks = [
      { cell: 0, replication: 0 },
      ...[5, 6, 7, 8].map((replication) => ({ cell: 1, replication })),
      { cell: 0, replication: 1 },
    ];
    const ended: number[] = [];
    const study = runStudy({
      cells: [good, bad],
      tasks,
      workers,
      onResult: (task) => ended.push(task),
    });
    await expect(study).rejects.toMatchObject({
      name: "ReplicationError",
      message: "cannot run back from 0 to -1",
      replay: "floe run baseline --only 5",
    });
    expect(ended).toEqual([0]);
  });

  it("throws the first failure of the list also if a later one is there first", async () => {
    const good = await cellOf();
    const { reads } = good.scenario.workload;
    const unknown = reads.map((demand) => ({ ...demand, popularity: { kind: "gremlins" } }));
    const workload = { ...good.scenario.workload, reads: unknown };
    // One fails at its first read, the other before its first event.
    const late = { ...good, scenario: { ...good.scenario, workload } } as unknown as StudyCell;
    const early = { ...good, scenario: { ...good.scenario, horizon: -1 } };
    const tasks = [0, 1].map((cell) => ({ cell, replication: cell }));
    const study = runStudy({ cells: [late, early], tasks, workers, onResult: () => {} });
    await expect(study).rejects.toMatchObject({ replay: "floe run baseline --only 0" });
  });

  it("tells how far it has come, up to the end", async () => {
    const shares: number[] = [];
    const cells = [await cellOf()];
    const onProgress = (share: number) => shares.push(share);
    await runToResults({ cells, tasks: tasksOf([0, 1]), workers, onProgress });
    expect(shares.at(-1)).toBe(1);
    expect(shares.toSorted((a, b) => a - b)).toEqual(shares);
  });
});

it("a study gives the same rows and digests on one worker and on two", async () => {
  const cells = [await cellOf()];
  const study = { cells, tasks: tasksOf([0, 1, 2, 3]) };
  const [one, two] = [
    await runToResults({ ...study, workers: 1 }),
    await runToResults({ ...study, workers: 2 }),
  ];
  expect(two).toStrictEqual(one);
});

it("tables for a scenario out of a manifest are those it was loaded with", async () => {
  const { scenario, tables } = await cellOf();
  expect(await readTables([scenario])).toEqual(tables);
});
