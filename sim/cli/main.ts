#!/usr/bin/env node
// Nothing is imported here for good: the two calls that everybody makes first must not wait for
// yargs, which alone takes longer to load than Node.js does to start (see README.md).
const [first, ...rest] = process.argv.slice(2);

const asksForHelp = ["--help", "-h", "help", undefined].includes(first);

if (rest.length === 0 && asksForHelp) {
  const { readFileSync } = await import("node:fs");
  process.stdout.write(readFileSync(new URL("help.txt", import.meta.url), "utf8"));
} else if (rest.length === 0 && first === "--version") {
  const { simulatorVersion } = await import("../study/simulator-version.ts");
  process.stdout.write(`floe ${simulatorVersion}\n`);
} else {
  const { runCommandLine } = await import("./command-line.ts");
  await runCommandLine(process.argv.slice(2));
}
