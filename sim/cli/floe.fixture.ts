import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageRoot } from "../study/package-root.ts";

const program = join(packageRoot(), ".build/sim/cli/main.js");

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of its own, in which the built `floe` runs as a child process. */
export class FloeFolder {
  readonly path = mkdtempSync(join(tmpdir(), "floe-cli-"));

  /** Runs `floe` to its end. */
  floe(...args: readonly string[]): Promise<Ended> {
    return ended(this.start(...args));
  }

  /** Starts `floe` and does not wait. */
  start(...args: readonly string[]): ChildProcess {
    return spawn(process.execPath, [program, ...args], { cwd: this.path });
  }

  /** Runs `floe` with files limited to some kilobytes: what a full disk looks like. */
  floeOnFullDisk(kilobytes: number, ...args: readonly string[]): Promise<Ended> {
    const script = `ulimit -f ${kilobytes}; exec "$@"`;
    return ended(
      spawn("bash", ["-c", script, "bash", process.execPath, program, ...args], { cwd: this.path }),
    );
  }

  /** Writes a scenario as JSON: the small one below with some fields changed. */
  scenario(name: string, changes: object = {}): string {
    const file = `${name}.json`;
    writeFileSync(join(this.path, file), JSON.stringify({ ...smallScenario, name, ...changes }));
    return file;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Waits for a process that was started. */
export function ended(child: ChildProcess): Promise<Ended> {
  let [stdout, stderr] = ["", ""];
  child.stdout?.on("data", (data) => {
    stdout += data;
  });
  child.stderr?.on("data", (data) => {
    stderr += data;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
}

/** Ten nodes on a perfect day, for two minutes: about 120 reads and 12 writes. */
const smallScenario = {
  question: "Does the command line do what it says?",
  horizon: "2min",
  replications: 3,
  committee: { nodes: 10, shards: 100 },
  workload: {
    clients: { "us-east": "100%" },
    preload: { blobs: 10, size: "100kB" },
    reads: { rate: "60/min", popularity: { kind: "uniform" } },
    writes: { rate: "6/min", size: "100kB" },
  },
  guarantees: ["read.success: ratio >= 0.9"],
};
