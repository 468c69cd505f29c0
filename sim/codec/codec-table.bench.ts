import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { print, printTable } from "../testing/measure.ts";
import type { Work } from "./codec-works.bench.ts";

/** Encoding with metadata on two threads: by the clock, so the machine must have two cores to spare. */
export const THREADS = "2-threads";

/** In the order of the table. */
export const WORKS: readonly (Work | typeof THREADS)[] = [
  ...(["encode", "slivers", "decode", "recover"] as const),
  THREADS,
];

/** How many times faster than Walrus's own code each work is meant to be, warm. */
const TARGETS: Readonly<Record<string, number>> = {
  "encode 10 1MiB": 4,
  "encode 100 1MiB": 6,
  "encode 1000 1MiB": 6,
  "encode 100 16MiB": 7,
  "encode 1000 16MiB": 7,
  "2-threads 100 16MiB": 11,
  "2-threads 1000 16MiB": 11,
  "slivers 10 1MiB": 6,
  "slivers 100 1MiB": 12,
  "slivers 1000 1MiB": 100,
  "decode 10 1MiB": 10,
  "decode 100 1MiB": 25,
  "decode 1000 1MiB": 100,
  "decode 1000 64MiB": 12,
};

const CSV = "results/bench/codec.csv";

/** One line of the table: seconds and shares of what was measured, and why anything was not. */
export interface Row {
  readonly work: Work | typeof THREADS;
  readonly shards: number;
  readonly size: string;
  readonly blobBytes: number;
  readonly ours?: number | undefined;
  readonly reference?: { readonly name: string; readonly seconds: number } | undefined;
  readonly rounds?: number | undefined;
  readonly plain?: number | undefined;
  /** In percent of our time. */
  readonly shares?: Readonly<Record<"reedSolomon" | "hashing" | "transposing", number>> | undefined;
  readonly note?: string | undefined;
}

type Cells = Readonly<Record<string, string | number>>;

const milliseconds = (seconds: number | undefined) =>
  seconds === undefined ? "" : (seconds * 1000).toPrecision(3);

function cellsOf(row: Row): Cells {
  const { work, shards, size, ours, reference, shares } = row;
  const isMeasured = ours !== undefined && reference !== undefined;
  return {
    ...{ work, shards, size, blobBytes: row.blobBytes },
    oursMilliseconds: milliseconds(ours),
    reference: reference?.name ?? "",
    referenceMilliseconds: milliseconds(reference?.seconds),
    ratio: isMeasured ? (reference.seconds / ours).toPrecision(3) : "",
    target: TARGETS[`${work} ${shards} ${size}`] ?? "",
    rounds: row.rounds ?? "",
    plainMilliseconds: milliseconds(row.plain),
    reedSolomonPercent: shares?.reedSolomon ?? "",
    hashingPercent: shares?.hashing ?? "",
    transposingPercent: shares?.transposing ?? "",
    note: row.note ?? "",
  };
}

export function printRows(rows: readonly Row[]): void {
  const percent = (share: string | number | undefined) => (share === "" ? "" : `${share} %`);
  printTable(
    "Red Stuff, CPU milliseconds (medians), beside @mysten/walrus-wasm, whose encoding always makes metadata too;\n" +
      "recovery with all checks beside a copy of 1 MiB; two threads by the clock. What is left of shares goes into\n" +
      "copies and JavaScript.",
    ["", "ours", "reference", "ratio", "target", "rounds", "plain", "RS", "hash", "turn"],
    rows
      .map(cellsOf)
      .map((cells) => [
        `${cells.work}, n = ${cells.shards}, ${cells.size}`,
        ...["oursMilliseconds", "referenceMilliseconds", "ratio"].map((key) => `${cells[key]}`),
        ...["target", "rounds", "plainMilliseconds"].map((key) => `${cells[key]}`),
        ...["reedSolomonPercent", "hashingPercent", "transposingPercent"].map((key) =>
          percent(cells[key]),
        ),
      ]),
  );
  for (const { work, shards, size, note } of rows) {
    if (note !== undefined) print(`${work}, n = ${shards}, ${size}: ${note}.`);
  }
  print(`Load average of the last minute: ${loadavg()[0]!.toFixed(1)} on ${cpus().length} cores.`);
}

/** Puts rows into the committed table, in place of those of the same cells. */
export function writeRows(rows: readonly Row[], date: string): void {
  const machine = {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    load: loadavg()[0]!.toFixed(1),
    node: process.version,
    date,
  };
  let earlier: Cells[] = [];
  try {
    earlier = parse(readFileSync(CSV), { columns: true });
  } catch {
    // The first ones.
  }
  const measured = rows.map((row): Cells => ({ ...cellsOf(row), ...machine }));
  const all = new Map(
    [...earlier, ...measured].map((cells) => [
      `${cells.work} ${cells.shards} ${cells.size}`,
      cells,
    ]),
  );
  const order = ({ work, shards, blobBytes }: Cells) =>
    WORKS.indexOf(work as Work) * 1e12 + Number(shards) * 1e8 + Number(blobBytes);
  const sorted = [...all.values()].sort((a, b) => order(a) - order(b));
  const columns = Object.keys({ ...cellsOf(rows[0]!), ...machine });
  writeFileSync(CSV, stringify(sorted, { header: true, columns }));
  print(`Written to ${CSV}.`);
}
