import { BlobEncoder } from "@mysten/walrus-wasm";
import { type Bench, cpuSeconds, printTable, takeTurns } from "../testing/measure.ts";
import { sliversOf } from "./blob-code.suite.ts";
import { blobCode } from "./blob-code.ts";
import type { EncodedBlob, Sliver } from "./code.ts";
import { fastEngine } from "./fast-engine.ts";
import { writeSliver } from "./red-stuff/serialization.ts";

/** Rounds are fewer where one takes seconds. Targets are ratios to Walrus's own code, when warm. */
const CASES = [
  { shards: 10, blobBytes: 2 ** 20, rounds: 9, targets: { encode: 4 } },
  { shards: 100, blobBytes: 2 ** 20, rounds: 9, targets: { encode: 6, decode: 25 } },
  { shards: 1000, blobBytes: 2 ** 10, rounds: 3, targets: {} },
  {
    shards: 1000,
    blobBytes: 2 ** 20,
    rounds: 3,
    targets: { encode: 6, slivers: 100, decode: 100 },
  },
  { shards: 1000, blobBytes: 2 ** 24, rounds: 3, targets: {} },
] as const;

type Task = "encode" | "slivers" | "decode";

const milliseconds = (seconds: number) => (seconds * 1000).toPrecision(3);

/** Metadata and slivers, slivers alone, and decoding from repair slivers: ours beside Walrus's. */
function measure({ shards, blobBytes, rounds, targets }: (typeof CASES)[number]): string[][] {
  const code = blobCode({ scheme: "red-stuff", shards }, fastEngine);
  const blob = Uint8Array.from({ length: blobBytes }, (_, i) => Math.imul(i, 2_654_435_761) >>> 24);
  const { layout, metadata, ...encoded } = code.encode(blob);
  const repair = sliversOf(code, { layout, metadata, ...encoded }, "primary").slice(
    -code.primaryNeeded,
  );

  const walrus = new BlobEncoder(shards);
  const frames = (bytes: number) => {
    const frame = writeSliver({ index: 0, data: new Uint8Array(bytes) }, layout.symbolBytes);
    return Array.from({ length: shards }, () => frame.slice());
  };
  const primary = frames(layout.primaryBytes);
  const secondary = frames(layout.secondaryBytes);
  const given = repair.map((sliver) => writeSliver(sliver, layout.symbolBytes));
  const id = Array.from(metadata.blobId);
  const restored = new Uint8Array(blobBytes);

  const contestants = {
    walrusEncode: () => walrus.encode(blob, primary, secondary),
    walrusDecode: () => walrus.decode(id, BigInt(blobBytes), given, restored),
    encode: () => touch(code.encode(blob), true),
    slivers: () => touch(code.encode(blob), false),
    decode: () => decodeAll(repair),
  };
  // Until V8 has compiled all that is hot for the second time, which it does beside the work.
  for (const work of Object.values(contestants)) average(work, 0.5);
  const seconds = takeTurns(rounds, {
    walrusEncode: () => average(contestants.walrusEncode, 0.05),
    walrusDecode: () => average(contestants.walrusDecode, 0.05),
    encode: () => average(contestants.encode, 0.05),
    slivers: () => average(contestants.slivers, 0.05),
    decode: () => average(contestants.decode, 0.05),
  });
  walrus.free();

  function touch(of: EncodedBlob, withMetadata: boolean): void {
    of.primary(shards - 1);
    of.secondary(shards - 1);
    if (withMetadata) of.metadata;
  }
  function decodeAll(slivers: readonly Sliver[]): void {
    code.decode(slivers, blobBytes);
  }
  const reference = {
    encode: seconds.walrusEncode,
    slivers: seconds.walrusEncode,
    decode: seconds.walrusDecode,
  };
  return (["encode", "slivers", "decode"] as const).map((task: Task) => [
    `${shards} shards, ${blobBytes / 1024} KiB, ${task}`,
    milliseconds(seconds[task]),
    milliseconds(reference[task]),
    `${(reference[task] / seconds[task]).toFixed(1)}x`,
    task in targets ? `${targets[task as keyof typeof targets]}x` : "",
  ]);
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

export default {
  run() {
    printTable(
      "Red Stuff, CPU milliseconds, beside @mysten/walrus-wasm (which always makes metadata too)",
      ["", "ours", "walrus-wasm", "faster", "target"],
      CASES.flatMap(measure),
    );
  },
} satisfies Bench;
