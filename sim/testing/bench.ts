// Benchmarks: npm run bench [-- name... [options of the bench]]. Every figure stands beside a reference of the same run.
import { exit } from "node:process";
import type { Bench } from "./measure.ts";

/** By name; each is loaded only if it is asked for. */
const benches: Readonly<Record<string, () => Promise<{ readonly default: Bench }>>> = {
  engine: () => import("../engine/engine.bench.ts"),
  queue: () => import("../engine/event-queue.bench.ts"),
  world: () => import("../engine/world.bench.ts"),
  network: () => import("../network/network.bench.ts"),
  model: () => import("../study/model.bench.ts"),
  codec: () => import("../codec/codec.bench.ts"),
};

const given = process.argv.slice(2);
const firstOption = given.findIndex((word) => word.startsWith("--"));
const asked = firstOption < 0 ? given : given.slice(0, firstOption);
const options = given.slice(asked.length);
const unknown = asked.filter((name) => benches[name] === undefined);
if (unknown.length > 0) {
  process.stderr.write(
    `bench: expected names of ${Object.keys(benches).join(", ")}, found ${unknown.join(", ")}\n`,
  );
  exit(2);
}
for (const name of asked.length > 0 ? asked : Object.keys(benches)) {
  const bench = await benches[name]!();
  await bench.default.run(options);
}
