// Compiles the command line, its workers and the benchmarks into .build, one file a module shared.
// Packages stay outside the bundle, so that each loads only when a command needs it.
import { rmSync } from "node:fs";
import { build } from "esbuild";

rmSync(".build", { recursive: true, force: true });

await build({
  entryPoints: ["sim/cli/main.ts"],
  outdir: ".build",
  outbase: ".",
  bundle: true,
  splitting: true,
  packages: "external",
  platform: "node",
  format: "esm",
  target: "node20.19",
  sourcemap: "linked",
  logLevel: "warning",
});
