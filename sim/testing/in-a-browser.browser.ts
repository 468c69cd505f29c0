import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildWorld } from "../scenario/build-world.ts";
import { openBrowser } from "./browser.ts";
import { smallScenario } from "./small-scenario.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const troubles = {
  faults: [
    { kind: "crash-recover", timeToFailure: "1min", timeToRepair: "20s" },
    { kind: "liars", nodes: { share: "20%" }, behaviour: "wrong-bytes" },
  ],
} as const;

describe("the simulator in a browser", () => {
  it.each(["counted", "bytes"] as const)(
    "gives the digests that it gives in Node, payload %s",
    async (payload) => {
      const { outputFiles } = await build({
        stdin: {
          contents: `
            import { buildWorld } from "./sim/scenario/build-world.ts";
            import { smallScenario } from "./sim/testing/small-scenario.ts";
            globalThis.digests = (fields) => {
              const simulated = buildWorld(smallScenario(fields), 0, {});
              simulated.run();
              return [simulated.world.eventDigest, simulated.world.factDigest];
            };`,
          resolveDir: ".",
        },
        bundle: true,
        platform: "browser",
        format: "iife",
        write: false,
      });
      const page = await browser.newPage();
      await page.addScriptTag({ content: outputFiles[0]!.text });
      const fields = JSON.stringify({ ...troubles, payload });
      const there = await page.evaluate<string[]>(`globalThis.digests(${fields})`);
      const here = buildWorld(
        smallScenario({ ...troubles, faults: [...troubles.faults], payload }),
        0,
        {},
      );
      here.run();
      expect(there).toEqual([here.world.eventDigest, here.world.factDigest]);
    },
  );
});
