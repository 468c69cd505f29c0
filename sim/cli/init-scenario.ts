import { existsSync } from "node:fs";
import { writeFileWhole } from "../study/write-file.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { print, printJson } from "./terminal.ts";
import { UserMistake } from "./user-mistake.ts";

interface InitArguments {
  readonly name: string;
  readonly force?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** Writes a scenario to start from. @throws UserMistake */
export async function initScenario(args: InitArguments, mistakes: string[]): Promise<ExitCode> {
  const { name } = args;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
    mistakes.push(`${name}: expected a name of small letters, digits and hyphens`);
  }
  const file = `${name}.ts`;
  if (existsSync(file) && args.force !== true) {
    mistakes.push(`${file}: expected no such file, found one (--force replaces it)`);
  }
  if (mistakes.length > 0) throw new UserMistake(mistakes);
  writeFileWhole(file, template(name));
  if (args.json === true) printJson({ file });
  else print(`Wrote ${file}. Run it with:\n  floe run ${file}`);
  return exitCode.met;
}

const template = (name: string) => `import { defineScenario } from "floe";

export default defineScenario({
  name: "${name}",
  question: "Do blobs stay readable while a fifth of the shards is away for ten minutes?",
  replications: 10,
  horizon: "30min",
  warmUp: "5min",
  committee: { nodes: 50, shards: 500 },
  workload: {
    clients: { "us-east": "60%", "eu-west": "40%" },
    preload: { blobs: 100, size: "1MiB" },
    writes: { rate: "1/min", size: "1MiB" },
    reads: { rate: "10/min", popularity: { kind: "zipf", exponent: 0.8 } },
  },
  faults: [
    // Every node comes and goes on its own: up for two days on average, then away for ten minutes.
    { kind: "crash-recover", timeToFailure: "48h", timeToRepair: "10min" },
    // And some leave together.
    {
      kind: "restart",
      nodes: { share: "20%", by: "random" },
      at: "15min",
      within: "1min",
      downtime: "10min",
    },
  ],
  guarantees: ["read.success: ratio >= 0.99", "read.latency: p95 <= 5s", "blobs.lost: count == 0"],
});
`;
