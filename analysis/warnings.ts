import type { ReplicationRows } from "../sim/metrics/rows.ts";
import { formatCount } from "./format.ts";

/** A parameter that rests on no measurement. */
export interface AssumedParameter {
  /** Such as `committee.uplink`. */
  readonly path: string;
  readonly value: string;
  readonly why?: string;
}

/** Something a reader of the results should know before believing them. */
export interface Warning {
  readonly kind:
    | "fault-never-began"
    | "fault-never-bit"
    | "one-replication"
    | "unfinished"
    | "assumed";
  readonly message: string;
}

/** One entry of the scenario's `faults` over all replications. */
export interface FaultSummary {
  readonly fault: number;
  readonly kind: string;
  /** Replications in which it was in force at all. */
  readonly replicationsBegun: number;
  readonly spans: number;
  readonly nodesDown: number;
  readonly bites: number;
}

export function summarizeFaults(replications: readonly ReplicationRows[]): FaultSummary[] {
  return (replications[0]?.faults ?? []).map(({ fault, kind }) => {
    const rows = replications.flatMap((replication) => replication.faults[fault] ?? []);
    return {
      fault,
      kind,
      replicationsBegun: rows.filter((row) => row.spans.length > 0).length,
      spans: rows.reduce((sum, row) => sum + row.spans.length, 0),
      nodesDown: rows.reduce((sum, row) => sum + row.nodesDown, 0),
      bites: rows.reduce((sum, row) => sum + row.bites, 0),
    };
  });
}

export function warnings(
  replications: readonly ReplicationRows[],
  faults: readonly FaultSummary[],
  assumed: readonly AssumedParameter[],
): Warning[] {
  const list: Warning[] = [];
  for (const { fault, kind, spans, nodesDown, bites } of faults) {
    if (bites > 0) continue;
    const name = `faults[${fault}] (${kind})`;
    list.push(
      spans + nodesDown === 0
        ? { kind: "fault-never-began", message: `${name} never began before the horizon.` }
        : {
            kind: "fault-never-bit",
            message: `${name} was in force, yet no operation ever met it: the results say nothing about it.`,
          },
    );
  }
  if (replications.length === 1) {
    const message =
      "One replication: no number has an interval, for luck between replications was never seen.";
    list.push({ kind: "one-replication", message });
  }
  const unfinished = replications.reduce(
    (sum, rows) => sum + rows.unfinishedReads + rows.unfinishedWrites,
    0,
  );
  if (unfinished > 0) {
    const message = `${formatCount(unfinished)} operations were still open at the end and are left out.`;
    list.push({ kind: "unfinished", message });
  }
  for (const { path, value, why } of assumed) {
    list.push({
      kind: "assumed",
      message: `${path} = ${value} is assumed${why === undefined ? "" : `: ${why}`}.`,
    });
  }
  return list;
}
