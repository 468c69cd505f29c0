import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../sim/testing/browser.ts";
import { drawFigure } from "./figures/draw-figure.ts";
import { runFigures } from "./figures/run-figures.ts";
import { renderReport } from "./report.ts";
import { summarize } from "./summary.ts";
import { syntheticRows } from "./testing/synthetic-rows.ts";

let browser: Browser;
let folder: string;
beforeAll(async () => {
  browser = await openBrowser();
  folder = mkdtempSync(join(tmpdir(), "floe-report-"));
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

describe("a report in a browser", () => {
  it("brings its figures to life, asks the network for nothing, and complains of nothing", async () => {
    const replications = syntheticRows();
    const summary = summarize({
      scenario: "made-up",
      question: "Does it open?",
      replications,
      guarantees: [],
    });
    const figures = await Promise.all(
      runFigures(replications).map((figure) => drawFigure(figure, figure.name)),
    );
    const html = renderReport({
      title: "made-up",
      question: "Does it open?",
      runs: [{ name: "", summary, figures }],
      scenario: {},
      reproduce: { command: "floe replay manifest.json", version: "0", digests: [] },
    });
    const file = join(folder, "report.html");
    writeFileSync(file, html);

    const page = await browser.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning")
        complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(`file://${file}`);
    await expect.poll(() => page.locator(".vega-embed").count()).toBe(figures.length);
    expect(requests.filter((url) => !url.startsWith("file:") && !url.startsWith("data:"))).toEqual(
      [],
    );
    expect(complaints).toEqual([]);
    expect(await page.title()).toContain("made-up");
  });
});
