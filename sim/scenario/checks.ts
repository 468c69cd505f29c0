import { blobCode } from "../codec/blob-code.ts";
import { checkChanges } from "./check-changes.ts";
import { checkCohorts } from "./check-cohorts.ts";
import { checkFaults } from "./check-faults.ts";
import { checkNames } from "./check-names.ts";
import { expectedFound, mistakeLine } from "./mistake-text.ts";
import type { PlaceNames } from "./place-names.ts";
import type { ResolvedScenario } from "./scenario.ts";
import { duration, formatQuantity, size } from "./units.ts";

/** The fields of a scenario that are right by themselves. */
export type RightFields = Partial<ResolvedScenario>;

/** What the latency tables call places, by the tables' names. */
export type Places = Readonly<Record<string, PlaceNames>>;

/** Whether fields agree with each other. Fields that are not there are not looked at. */
export function checkTogether(fields: RightFields, places: Places): string[] {
  const latency = fields.network?.latency;
  const table = typeof latency === "string" ? places[latency] : undefined;
  return [
    ...checkTimes(fields),
    ...checkReads(fields),
    ...checkEncoding(fields),
    ...checkMisEncoding(fields),
    ...checkChallenges(fields),
    ...checkSizes(fields),
    ...checkChanges(fields.committee),
    ...checkCohorts(fields),
    ...checkNames(fields, table),
    ...checkFaults(fields),
  ];
}

function checkTimes({ warmUp, horizon }: RightFields): string[] {
  if (warmUp === undefined || horizon === undefined || warmUp < horizon) return [];
  const expected = `a time before the horizon, ${formatQuantity(horizon, duration)}`;
  return [mistakeLine(["warmUp"], expectedFound(expected, quoted(warmUp, duration)))];
}

function checkReads({ workload }: RightFields): string[] {
  if (workload === undefined || workload.reads.length === 0) return [];
  if (workload.preload.blobs > 0 || workload.writes.length > 0) return [];
  const text = "expected blobs to read, from workload.preload or workload.writes, found none";
  return [mistakeLine(["workload", "reads"], text)];
}

function checkEncoding({ encoding, committee }: RightFields): string[] {
  if (encoding === undefined || committee === undefined || encoding.scheme === "red-stuff")
    return [];
  const { shards } = committee;
  const field = encoding.scheme === "replication" ? "copies" : "totalShards";
  const count = encoding.scheme === "replication" ? encoding.copies : encoding.totalShards;
  if (count <= shards) return [];
  const expected = `at most committee.shards, ${shards}`;
  return [mistakeLine(["encoding", field], expectedFound(expected, String(count)))];
}

function checkChallenges({ challenges, encoding }: RightFields): string[] {
  if (challenges === undefined || challenges.policy === "none") return [];
  if (encoding === undefined || encoding.scheme === "red-stuff") return [];
  return [
    mistakeLine(
      ["challenges", "policy"],
      expectedFound("encoding.scheme red-stuff", encoding.scheme),
    ),
  ];
}

function checkMisEncoding({ workload, encoding }: RightFields): string[] {
  if (encoding === undefined || encoding.scheme === "red-stuff") return [];
  return (workload?.writes ?? []).flatMap(({ misEncoding }, index) => {
    if (misEncoding === undefined) return [];
    const path = ["workload", "writes", index, "misEncoding"];
    return [mistakeLine(path, expectedFound("encoding.scheme red-stuff", encoding.scheme))];
  });
}

function checkSizes({ workload, encoding, committee }: RightFields): string[] {
  if (workload === undefined || encoding === undefined || committee === undefined) return [];
  const code =
    encoding.scheme === "red-stuff" ? { ...encoding, shards: committee.shards } : encoding;
  const max = blobCode(code).blobBytesMax;
  const demands = [
    { path: ["workload", "preload", "size"], of: workload.preload.size },
    ...workload.writes.map(({ size }, index) => ({
      path: ["workload", "writes", index, "size"],
      of: size,
    })),
  ];
  return demands.flatMap(({ path, of }) => {
    // The tail of a distribution without end is cut off at the largest blob.
    const largest =
      of.kind === "constant"
        ? of.value
        : of.kind === "uniform"
          ? of.to
          : of.kind === "empirical"
            ? of.values.reduce((most, value) => Math.max(most, value), 0)
            : 0;
    if (largest <= max) return [];
    const expected = `at most ${formatQuantity(max, size)}, the largest blob of this encoding`;
    return [mistakeLine(path, expectedFound(expected, quoted(largest, size)))];
  });
}

const quoted = (value: number, dimension: typeof duration) =>
  JSON.stringify(formatQuantity(value, dimension));
