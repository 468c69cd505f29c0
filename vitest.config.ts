import { defineConfig } from "vitest/config";

// Files share their modules: no module of the model keeps state, so that a file needs none of its own,
// and to load them anew for each file takes a fifth of the whole.
const shared = { setupFiles: ["sim/testing/setup.ts"], isolate: false };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["{sim,analysis,scenarios}/**/*.test.ts"],
          ...shared,
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
          ...shared,
          testTimeout: 300_000,
        },
      },
    ],
  },
});
