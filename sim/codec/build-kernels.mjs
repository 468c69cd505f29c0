// Compiles the kernels of the fast engine from AssemblyScript to WebAssembly, and puts the bytes
// into a module, so that bundlers, tests and browsers load them like any other.
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { pid } from "node:process";
import asc from "assemblyscript/asc";
import { compressSource } from "./kernels/compress.mjs";

const folder = new URL("kernels/", import.meta.url);
const output = new URL("kernels.generated.ts", import.meta.url);

const OPTIONS = ["-O3", "--noAssert", "--runtime", "stub", "--enable", "simd"];

const sources = new Map([["compress.ts", compressSource()]]);
for (const name of readdirSync(folder).sort()) {
  if (name.endsWith(".ts")) sources.set(name, readFileSync(new URL(name, folder), "utf8"));
}

const digest = createHash("sha256").update(JSON.stringify([asc.version, OPTIONS, ...sources]));
const header = `// Made by build-kernels.mjs from sources of digest ${digest.digest("hex").slice(0, 16)}`;

if (!existsSync(output) || !readFileSync(output, "utf8").startsWith(header)) {
  const bytes = await compile();
  const base64 = Buffer.from(bytes).toString("base64");
  // Whole or not at all: tests may be reading it.
  const temporary = new URL(`kernels.generated.ts-${pid}`, import.meta.url);
  writeFileSync(temporary, `${header}\nexport const KERNELS_BASE64 =\n  "${base64}";\n`);
  renameSync(temporary, output);
}

async function compile() {
  let bytes;
  const { error, stderr } = await asc.main(["index.ts", "--outFile", "kernels.wasm", ...OPTIONS], {
    readFile: (name) => sources.get(name.replace(/^\.\//, "")) ?? null,
    writeFile: (name, content) => {
      if (name === "kernels.wasm") bytes = content;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`The kernels do not compile:\n${stderr.toString()}`);
  return bytes;
}
