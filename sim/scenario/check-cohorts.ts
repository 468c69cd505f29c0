import { expectedFound, mistakeLine, type Path } from "./mistake-text.ts";
import { faultsWithPaths } from "./names-of-fault.ts";
import type { ResolvedScenario } from "./scenario.ts";

/** Faults of nodes. What happens between two hosts, or to one message, has no place in populations. */
const NODE_FAULTS: readonly string[] = [
  "crash-recover",
  "crash",
  "disk-loss",
  "slow",
  "region-outage",
  "provider-outage",
  "restart",
  "flap",
  "liars",
];

/** What an aggregated world cannot do is refused, not passed over. */
export function checkCohorts(fields: Partial<ResolvedScenario>): string[] {
  if (fields.grain !== "cohort") return [];
  const mistakes: string[] = [];
  const refuse = (path: Path, expected: string, found: string) =>
    mistakes.push(mistakeLine(path, expectedFound(`${expected} in grain "cohort"`, found)));
  const { payload, verifyReads, encoding, workload, faults } = fields;
  if (payload === "bytes") refuse(["payload"], '"counted"', '"bytes"');
  if (verifyReads !== undefined && verifyReads > 0) refuse(["verifyReads"], "0", `${verifyReads}`);
  if (encoding !== undefined && encoding.scheme !== "red-stuff") {
    refuse(["encoding", "scheme"], '"red-stuff"', `"${encoding.scheme}"`);
  }
  if (fields.challenges !== undefined && fields.challenges.policy !== "none") {
    refuse(["challenges", "policy"], '"none"', `"${fields.challenges.policy}"`);
  }
  workload?.reads.forEach((reads, index) => {
    const path = ["workload", "reads", index];
    if (reads.range !== undefined) refuse([...path, "range"], "whole blobs", "byte ranges");
    if (reads.arrivals.kind === "on-write") {
      refuse([...path, "arrivals"], "reads of their own", "reads that follow writes");
    }
  });
  workload?.writes.forEach(({ arrivals, misEncoding, deleted }, index) => {
    for (const [field, value] of Object.entries({ misEncoding, deleted })) {
      if (value !== undefined) refuse(["workload", "writes", index, field], "none", "some");
    }
    if (arrivals.kind !== "closed" && arrivals.kind !== "recorded") return;
    refuse(["workload", "writes", index, "arrivals"], "a steady rate", arrivals.kind);
  });
  if (workload !== undefined && workload.surges.length > 0) {
    refuse(["workload", "surges"], "none", "some");
  }
  for (const { fault, path } of faultsWithPaths(faults ?? [])) {
    const { kind } = fault;
    if (!NODE_FAULTS.includes(kind)) refuse([...path, "kind"], "a fault of nodes", `"${kind}"`);
    if (kind !== "liars") continue;
    for (const field of ["blobs", "clients", "margin"] as const) {
      if (fault[field] !== undefined)
        refuse([...path, field], "liars that lie to all alike", field);
    }
  }
  return mistakes;
}
