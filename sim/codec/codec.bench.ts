import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { BlobEncoder } from "@mysten/walrus-wasm";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { CodecThreads } from "../study/codec-threads.ts";
import { type Bench, cpuSeconds, print, printTable, takeTurns } from "../testing/measure.ts";
import { sliversOf } from "./blob-code.suite.ts";
import { blobCode } from "./blob-code.ts";
import type { BlobCode, EncodedBlob } from "./code.ts";
import type { CodecEngine } from "./codec-engine.ts";
import { fastEngine } from "./fast-engine.ts";
import { plainEngine } from "./plain-engine.ts";
import { recoverSliver } from "./red-stuff/recover-sliver.ts";
import { type RecoverySymbol, recoverySymbol } from "./red-stuff/recovery-symbol.ts";
import { redStuff } from "./red-stuff/red-stuff.ts";
import { writeSliver } from "./red-stuff/serialization.ts";
import { SliverMemory } from "./sliver-memory.ts";
import { meteredEngine } from "./work-shares.bench.ts";

const WORKS = ["encode", "slivers", "decode", "recover"] as const;
type Work = (typeof WORKS)[number];
/** Encoding with metadata on two threads: by the clock, so the machine must have two cores to spare. */
const THREADS = "2-threads";
const SIZES = ["1KiB", "1MiB", "16MiB", "64MiB"] as const;
const SHARDS = ["10", "100", "1000"] as const;
const SIZE_BYTES: Readonly<Record<string, number>> = {
  "1KiB": 2 ** 10,
  "1MiB": 2 ** 20,
  "16MiB": 2 ** 24,
  "64MiB": 2 ** 26,
};

/** How many times faster than Walrus's own code this is meant to be, in one thread and warm. */
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

/** A round this long is not repeated as often: its length averages what disturbs it. */
const LONG_SECONDS = 5;
const ROUNDS = 5;
const LONG_ROUNDS = 2;
/** The plain engine is there to be read; it is asked only where that takes seconds, and once. */
const PLAIN_SYMBOLS_MAX = 2 ** 21;

const CSV = "results/bench/codec.csv";

/** One line of the table, as numbers. */
type Row = Readonly<Record<string, string | number>>;

const milliseconds = (seconds: number) => (seconds * 1000).toPrecision(3);

/** All that is measured of one blob, made before the clock runs. */
function prepare(shards: number, blobBytes: number) {
  const blob = Uint8Array.from({ length: blobBytes }, (_, i) => Math.imul(i, 2_654_435_761) >>> 24);
  const code = blobCode({ scheme: "red-stuff", shards }, fastEngine);
  const encoded = code.encode(blob);
  const { layout, metadata } = encoded;
  const repair = sliversOf(code, encoded, "primary").slice(-code.primaryNeeded);
  return { shards, blob, code, encoded, layout, metadata, repair };
}

type Prepared = ReturnType<typeof prepare>;

/** The first repair sliver from symbols of the last slivers of the other axis. */
function recoverySymbols({ shards, code, encoded }: Prepared): RecoverySymbol[] {
  const stuff = redStuff(shards, fastEngine);
  const slivers = sliversOf(code, encoded, "secondary").slice(-code.secondaryNeeded);
  return slivers.map((source) => recoverySymbol(stuff, source, shards - 1));
}

/** One run of a work by one engine. Slivers go to memory that is kept, as Walrus's go to the caller's. */
function worker(work: Work, prepared: Prepared, engine: CodecEngine): () => void {
  const { shards, blob, metadata, repair } = prepared;
  const code: BlobCode = blobCode({ scheme: "red-stuff", shards }, engine);
  const memory = new SliverMemory();
  const touch = (of: EncodedBlob) => {
    of.primary(shards - 1);
    of.secondary(shards - 1);
    return of;
  };
  switch (work) {
    case "encode":
      return () => {
        const encoded = code.encode(blob, memory);
        return encoded.metadata && touch(encoded);
      };
    case "slivers":
      return () => touch(code.encode(blob, memory));
    case "decode":
      return () => code.decode(repair, blob.length);
    case "recover": {
      const symbols = recoverySymbols(prepared);
      const stuff = redStuff(shards, engine);
      const target = { axis: "primary", index: shards - 1 } as const;
      return () => recoverSliver(stuff, target, symbols, metadata);
    }
  }
}

/** The same work by Walrus's own code, or a copy of 1 MiB where it offers none. */
function reference(work: Work, prepared: Prepared): { run: () => void; free: () => void } {
  const { shards, blob, layout, metadata, repair } = prepared;
  if (work === "recover") {
    const from = new Uint8Array(2 ** 20).fill(1);
    const to = new Uint8Array(2 ** 20);
    return { run: () => to.set(from), free: () => {} };
  }
  const walrus = new BlobEncoder(shards);
  const free = () => walrus.free();
  if (work === "decode") {
    const given = repair.map((sliver) => writeSliver(sliver, layout.symbolBytes));
    const id = Array.from(metadata.blobId);
    const restored = new Uint8Array(blob.length);
    return { run: () => walrus.decode(id, BigInt(blob.length), given, restored), free };
  }
  const frames = (bytes: number) => {
    const frame = writeSliver({ index: 0, data: new Uint8Array(bytes) }, layout.symbolBytes);
    return Array.from({ length: shards }, () => frame.slice());
  };
  const primary = frames(layout.primaryBytes);
  const secondary = frames(layout.secondaryBytes);
  return { run: () => walrus.encode(blob, primary, secondary), free };
}

function measure(work: Work, size: string, prepared: Prepared): Row {
  const { shards, blob, layout } = prepared;
  const ours = worker(work, prepared, fastEngine);
  const theirs = reference(work, prepared);
  // Until V8 has compiled all that is hot for the second time, which it does beside the work.
  average(ours, 0.5);
  const once = average(theirs.run, 0.3);
  const rounds = once > LONG_SECONDS ? LONG_ROUNDS : ROUNDS;
  const seconds = takeTurns(rounds, {
    reference: () => average(theirs.run, 0.03),
    ours: () => average(ours, 0.03),
  });
  theirs.free();
  const shares = sharesOf(work, prepared);
  const isSmall = shards * shards * (layout.symbolBytes + 64) < PLAIN_SYMBOLS_MAX * 4;
  const plain = isSmall ? cpuSeconds(worker(work, prepared, plainEngine)) : undefined;
  return {
    work,
    shards,
    size,
    blobBytes: blob.length,
    oursMilliseconds: milliseconds(seconds.ours),
    reference: work === "recover" ? "memcpy of 1 MiB" : "walrus-wasm",
    referenceMilliseconds: milliseconds(seconds.reference),
    ratio: (seconds.reference / seconds.ours).toPrecision(3),
    target: TARGETS[`${work} ${shards} ${size}`] ?? "",
    rounds,
    plainMilliseconds: plain === undefined ? "" : milliseconds(plain),
    ...shares,
  };
}

/** The same encoding on two threads, wall clock on both sides. */
async function measureThreads(size: string, prepared: Prepared): Promise<Row> {
  const { shards, blob } = prepared;
  const threads = new CodecThreads(2);
  const theirs = reference("encode", prepared);
  const walls = { ours: [] as number[], reference: [] as number[] };
  // The first rounds warm compilers up, in three threads, and are not counted.
  const warmUp = 3;
  for (let round = 0; round < warmUp + ROUNDS; round++) {
    const before = performance.now();
    if (round >= warmUp - 1) theirs.run();
    const between = performance.now();
    await threads.encode(blob, shards);
    if (round < warmUp) continue;
    walls.reference.push((between - before) / 1000);
    walls.ours.push((performance.now() - between) / 1000);
  }
  theirs.free();
  await threads.end();
  const [ours, walrus] = [walls.ours, walls.reference].map(
    (seconds) => seconds.sort((a, b) => a - b)[ROUNDS >> 1]!,
  ) as [number, number];
  return {
    work: THREADS,
    shards,
    size,
    blobBytes: blob.length,
    oursMilliseconds: milliseconds(ours),
    reference: "walrus-wasm",
    referenceMilliseconds: milliseconds(walrus),
    ratio: (walrus / ours).toPrecision(3),
    target: TARGETS[`${THREADS} ${shards} ${size}`] ?? "",
    rounds: ROUNDS,
    plainMilliseconds: "",
    reedSolomonPercent: "",
    hashingPercent: "",
    transposingPercent: "",
  };
}

/** Where our time goes, in percent. */
function sharesOf(work: Work, prepared: Prepared): Row {
  const { engine, times } = meteredEngine();
  const run = worker(work, prepared, engine);
  average(run, 0.5);
  Object.assign(times, { reedSolomon: 0, hashing: 0, transposing: 0 });
  const before = performance.now();
  average(run, 0.1);
  const total = performance.now() - before;
  const percent = (part: number) => Math.round((100 * part) / total);
  return {
    reedSolomonPercent: percent(times.reedSolomon),
    hashingPercent: percent(times.hashing),
    transposingPercent: percent(times.transposing),
  };
}

/** CPU seconds of one run of the work, repeated until they add up to something. */
function average(work: () => void, secondsMin: number): number {
  let seconds = 0;
  let runs = 0;
  do {
    seconds += cpuSeconds(work);
    runs++;
  } while (seconds < secondsMin);
  return seconds / runs;
}

/** Puts rows into the committed table, in place of those of the same work. */
function write(rows: readonly Row[], date: string): void {
  const machine = {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    load: loadavg()[0]!.toFixed(1),
    node: process.version,
    date,
  };
  let earlier: Row[] = [];
  try {
    earlier = parse(readFileSync(CSV), { columns: true });
  } catch {
    // The first ones.
  }
  const keyOf = ({ work, shards, size }: Row) => `${work} ${shards} ${size}`;
  const all = new Map(
    [...earlier, ...rows.map((row) => ({ ...row, ...machine }))].map((row) => [keyOf(row), row]),
  );
  const order = (row: Row) =>
    [...WORKS, THREADS].indexOf(row.work as Work) * 1e12 +
    Number(row.shards) * 1e8 +
    Number(row.blobBytes);
  const sorted = [...all.values()].sort((a, b) => order(a) - order(b));
  writeFileSync(CSV, stringify(sorted, { header: true }));
  print(`Written to ${CSV}.`);
}

export default {
  async run(options) {
    const { values } = parseArgs({
      args: [...options],
      options: {
        n: { type: "string", multiple: true, default: [...SHARDS] },
        size: { type: "string", multiple: true, default: [...SIZES] },
        work: { type: "string", multiple: true, default: [...WORKS] },
        write: { type: "boolean", default: false },
        date: { type: "string", default: "" },
      },
    });
    const rows: Row[] = [];
    for (const shards of values.n.map(Number)) {
      for (const size of values.size) {
        const blobBytes = SIZE_BYTES[size] ?? Number(size);
        const { blobBytesMax } = blobCode({ scheme: "red-stuff", shards }, fastEngine);
        if (blobBytes > blobBytesMax) continue;
        const prepared = prepare(shards, blobBytes);
        for (const work of values.work) {
          rows.push(
            work === THREADS
              ? await measureThreads(size, prepared)
              : measure(work as Work, size, prepared),
          );
        }
      }
    }
    printTable(
      "Red Stuff, CPU milliseconds (medians), beside @mysten/walrus-wasm, whose encoding always makes metadata too;\n" +
        "recovery with all checks beside a copy of 1 MiB. What is left of shares goes into copies and JavaScript.",
      ["", "ours", "reference", "ratio", "target", "rounds", "plain", "RS", "hash", "turn"],
      rows.map((row) => [
        `${row.work}, n = ${row.shards}, ${row.size}`,
        ...[
          "oursMilliseconds",
          "referenceMilliseconds",
          "ratio",
          "target",
          "rounds",
          "plainMilliseconds",
        ].map((key) => `${row[key]}`),
        ...["reedSolomonPercent", "hashingPercent", "transposingPercent"].map((key) =>
          row[key] === "" ? "" : `${row[key]} %`,
        ),
      ]),
    );
    print(
      `Load average of the last minute: ${loadavg()[0]!.toFixed(1)} on ${cpus().length} cores.`,
    );
    if (values.write) write(rows, values.date);
  },
} satisfies Bench;
