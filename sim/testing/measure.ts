import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import Table from "cli-table3";

/** One benchmark: `npm run bench -- name` measures it and prints what it found. */
export interface Bench {
  /** @param options words after the names of benches */
  run(options: readonly string[]): void | Promise<void>;
}

/** CPU seconds of `work`: not disturbed by how long other processes held the processor. */
export function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/**
 * The median cost of each contestant over rounds in which they take turns, so that a neighbour's
 * noise meets all of them. A contestant does some work and returns its cost, such as seconds an event.
 */
export function takeTurns<Name extends string>(
  rounds: number,
  contestants: Readonly<Record<Name, () => number>>,
): Record<Name, number> {
  const names = Object.keys(contestants) as Name[];
  const costs = Object.fromEntries(names.map((name) => [name, [] as number[]]));
  // The first round warms caches and compilers up, and is not counted.
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const cost = contestants[name]();
      if (round > 0) costs[name]!.push(cost);
    }
  }
  const medians = names.map((name) => [name, median(costs[name]!)]);
  return Object.fromEntries(medians) as Record<Name, number>;
}

/** Bytes that what `make` returns holds on to: heap and typed arrays, after a full collection. */
export function bytesHeld(make: () => unknown): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const used = () => {
    // Twice: the buffers of typed arrays are freed after the collection that found them unused.
    collect();
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = used();
  const held = [make()];
  const after = used();
  held.length = 0; // Held until here.
  return after - before;
}

export function printTable(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const table = new Table({
    head: [...head],
    colAligns: head.map((_, column) => (column === 0 ? "left" : "right")),
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => [...row]));
  print(`\n${title}\n${table.toString()}`);
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2;
}
