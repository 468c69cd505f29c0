import { parseArgs } from "node:util";
import { CodecThreads } from "../study/codec-threads.ts";
import { type Bench, cpuSeconds, takeTurns } from "../testing/measure.ts";
import { blobCode } from "./blob-code.ts";
import { printRows, type Row, THREADS, WORKS, writeRows } from "./codec-table.bench.ts";
import { type Prepared, prepare, reference, type Work, worker } from "./codec-works.bench.ts";
import { fastEngine } from "./fast-engine.ts";
import { plainEngine } from "./plain-engine.ts";
import { meteredEngine } from "./work-shares.bench.ts";

const SHARDS = ["10", "100", "1000"];
const SIZE_BYTES: Readonly<Record<string, number>> = {
  "1KiB": 2 ** 10,
  "1MiB": 2 ** 20,
  "16MiB": 2 ** 24,
  "64MiB": 2 ** 26,
};
/** Blobs that are worth a second thread. */
const THREADS_BYTES_MIN = 2 ** 24;

/** What is asked of the measurement. */
interface Options {
  readonly rounds: number;
  /** The plain engine is there to be read: it is asked only where that takes no longer, and once. */
  readonly plainSecondsMax: number;
}

/** Measures works that one reference stands for, in turns with it. */
function measure(
  works: readonly Work[],
  size: string,
  prepared: Prepared,
  { rounds, plainSecondsMax }: Options,
): Row[] {
  const { shards, blob } = prepared;
  const ours = works.map((work) => [work, worker(work, prepared, fastEngine)] as const);
  const theirs = reference(works[0]!, prepared);
  // Until V8 has compiled all that is hot for the second time, which it does beside the work.
  for (const [, run] of ours) average(run, 0.5);
  const repeated = (run: () => void) => () => average(run, 0.03);
  const seconds = takeTurns(rounds, {
    reference: repeated(theirs.run),
    ...Object.fromEntries(ours.map(([work, run]) => [work, repeated(run)])),
  }) as Record<Work | "reference", number>;
  theirs.free();
  return works.map((work): Row => {
    const plain = plainSeconds(work, prepared);
    const isPlainRun = plain <= plainSecondsMax;
    return {
      ...{ work, shards, size, blobBytes: blob.length, rounds },
      ours: seconds[work],
      reference: {
        name: work === "recover" ? "memcpy of 1 MiB" : "walrus-wasm",
        seconds: seconds.reference,
      },
      plain: isPlainRun ? cpuSeconds(worker(work, prepared, plainEngine)) : undefined,
      shares: sharesOf(work, prepared),
      note: isPlainRun
        ? undefined
        : `the plain engine is left out, as it would take some ${Math.ceil(plain)} s`,
    };
  });
}

/** What the plain engine takes, roughly: for a hash, a byte of slivers made, and a byte of slivers decoded. */
function plainSeconds(work: Work, { shards, blob, layout }: Prepared): number {
  const hashes = shards ** 2 * (2 + Math.ceil((layout.symbolBytes + 1) / 128));
  const slivers = shards ** 2 * layout.symbolBytes * 25e-9;
  switch (work) {
    case "encode":
      return hashes * 4e-6 + slivers;
    case "slivers":
      return slivers;
    case "decode":
      return Math.max(blob.length, 2 * shards ** 2) * 300e-9;
    case "recover":
      return shards * 100e-6;
  }
}

/** Encoding with metadata on two threads, wall clock on both sides. */
async function measureThreads(size: string, prepared: Prepared, { rounds }: Options): Promise<Row> {
  const { shards, blob } = prepared;
  const threads = new CodecThreads(2);
  const theirs = reference("encode", prepared);
  const walls = { ours: [] as number[], reference: [] as number[] };
  // The first rounds warm compilers up, in three threads, and are not counted.
  const warmUp = 3;
  for (let round = 0; round < warmUp + rounds; round++) {
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
  const median = (seconds: number[]) => seconds.sort((a, b) => a - b)[seconds.length >> 1]!;
  return {
    ...{ work: THREADS, shards, size, blobBytes: blob.length, rounds },
    ours: median(walls.ours),
    reference: { name: "walrus-wasm", seconds: median(walls.reference) },
  };
}

/** Where our time goes, in percent. */
function sharesOf(work: Work, prepared: Prepared): NonNullable<Row["shares"]> {
  const { engine, times } = meteredEngine();
  const run = worker(work, prepared, engine);
  average(run, 0.5);
  Object.assign(times, { reedSolomon: 0, hashing: 0, transposing: 0 });
  const before = performance.now();
  average(run, 0.1);
  const total = performance.now() - before;
  const percent = (part: number) => Math.round((100 * part) / total);
  return {
    reedSolomon: percent(times.reedSolomon),
    hashing: percent(times.hashing),
    transposing: percent(times.transposing),
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

/** All rows of one blob. Works that Walrus's own code does as one are measured beside one run of it. */
async function measureBlob(
  shards: number,
  size: string,
  works: readonly string[],
  options: Options,
): Promise<Row[]> {
  const blobBytes = SIZE_BYTES[size] ?? Number(size);
  const wanted = WORKS.filter(
    (work) => works.includes(work) && (work !== THREADS || blobBytes >= THREADS_BYTES_MIN),
  );
  const { blobBytesMax } = blobCode({ scheme: "red-stuff", shards }, fastEngine);
  if (blobBytes > blobBytesMax) {
    const note = `no such blob, as ${shards} shards hold ${blobBytesMax} bytes at most`;
    return wanted.map((work) => ({ work, shards, size, blobBytes, note }));
  }
  const prepared = prepare(shards, blobBytes);
  const rows: Row[] = [];
  for (const together of [["encode", "slivers"], ["decode"], ["recover"]] as const) {
    const asked = together.filter((work) => wanted.includes(work));
    if (asked.length > 0) rows.push(...measure(asked, size, prepared, options));
  }
  if (wanted.includes(THREADS)) rows.push(await measureThreads(size, prepared, options));
  return rows;
}

export default {
  async run(words) {
    const { values } = parseArgs({
      args: [...words],
      options: {
        n: { type: "string", multiple: true, default: [...SHARDS] },
        size: { type: "string", multiple: true, default: Object.keys(SIZE_BYTES) },
        work: { type: "string", multiple: true, default: [...WORKS] },
        rounds: { type: "string", default: "5" },
        plain: { type: "string", default: "10" },
        write: { type: "boolean", default: false },
        date: { type: "string", default: "" },
      },
    });
    const options = { rounds: Number(values.rounds), plainSecondsMax: Number(values.plain) };
    const rows: Row[] = [];
    for (const shards of values.n.map(Number)) {
      for (const size of values.size) {
        rows.push(...(await measureBlob(shards, size, values.work, options)));
      }
    }
    printRows(rows);
    if (values.write) writeRows(rows, values.date);
  },
} satisfies Bench;
