// Compiles the command line, its workers and the benchmarks into .build, one file a module shared.
// Packages stay outside the bundle, so that each loads only when a command needs it.
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/** Stands in the code for the digest of the code, which is known only once the code is compiled. */
const DIGEST_PLACEHOLDER = "floe-code-digest";

const outdir = resolve(".build");

const kernels = resolve("sim/codec/build-kernels.mjs");
if (existsSync(kernels)) await import(pathToFileURL(kernels).href);

const { outputFiles } = await build({
  entryPoints: [
    "sim/cli/main.ts",
    "sim/cli/command-line.ts",
    "sim/study/worker.ts",
    "sim/study/codec-worker.ts",
    "sim/testing/bench.ts",
  ].filter((path) => existsSync(path)),
  outdir,
  outbase: ".",
  bundle: true,
  splitting: true,
  packages: "external",
  platform: "node",
  format: "esm",
  target: "node20.19",
  sourcemap: "linked",
  logLevel: "warning",
  define: { FLOE_CODE_DIGEST: JSON.stringify(DIGEST_PLACEHOLDER) },
  write: false,
});

// What a stored result is keyed by: any change of the code, or of a package, is another simulator.
const code = createHash("sha256").update(readFileSync("package-lock.json"));
for (const { path, contents } of outputFiles) if (path.endsWith(".js")) code.update(contents);
const codeDigest = code.digest("hex").slice(0, 12);

// Each file is replaced whole, and chunks of earlier builds stay for a day: a floe that runs
// meanwhile still finds what it has yet to import.
const DAY_MILLISECONDS = 86_400_000;
const written = new Set(outputFiles.map(({ path }) => path));
for (const { path, text } of outputFiles) {
  const temporary = `${path}-${process.pid}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(temporary, text.replaceAll(DIGEST_PLACEHOLDER, codeDigest), { mode: 0o755 });
  renameSync(temporary, path);
}
for (const entry of readdirSync(outdir, { recursive: true })) {
  const path = join(outdir, entry);
  if (!/\.js(\.map)?$/.test(path) || written.has(path)) continue;
  if (Date.now() - statSync(path).mtimeMs > DAY_MILLISECONDS) rmSync(path);
}

// `floe --help` must not pay for yargs (see sim/cli/README.md), so its text is made here, by yargs.
const { helpText } = await import(pathToFileURL(join(outdir, "sim/cli/command-line.js")).href);
writeFileSync(join(outdir, "sim/cli/help.txt"), `${await helpText()}\n`);
