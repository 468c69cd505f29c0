import { defineConfig } from "vitest/config";

const setupFiles = ["sim/testing/setup.ts"];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["{sim,analysis,scenarios}/**/*.test.ts"],
          setupFiles,
          testTimeout: 60_000,
        },
      },
      {
        // Needs a Chromium: sim/testing/browser.ts says where it is looked for.
        test: {
          name: "browser",
          include: ["{sim,analysis}/**/*.browser.ts"],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "validation",
          include: ["{sim,analysis,scenarios}/**/*.validation.ts"],
          setupFiles,
          testTimeout: 300_000,
        },
      },
    ],
  },
});
