import { describe, expect, it } from "vitest";
import type { ReplicationRows } from "../sim/metrics/rows.ts";
import { drawFigure } from "./figures/draw-figure.ts";
import { runFigures } from "./figures/run-figures.ts";
import { html } from "./report/html.ts";
import { conclusion } from "./report/words.ts";
import { renderReport } from "./report.ts";
import { summarize } from "./summary.ts";
import { guarantees } from "./testing/guarantees.ts";
import { syntheticRows } from "./testing/synthetic-rows.ts";

const replications = syntheticRows({ replications: 3, reads: 200, writes: 60 });
const drawn = (rows: readonly ReplicationRows[]) =>
  Promise.all(runFigures(rows).map((figure) => drawFigure(figure, figure.name)));
const summaryOf = (...texts: readonly string[]) =>
  summarize({
    scenario: "made-up",
    question: "Is 1 < 2 & 'so on'?",
    replications,
    guarantees: guarantees(...texts),
    assumed: [{ path: "committee.uplink", value: "1Gbit/s" }],
  });
const summary = summaryOf(
  "read.latency: p50 <= 90s",
  "read.latency: p50 <= 1ms",
  "write.success: ratio >= 0.9999",
);
const input = {
  title: "made-up",
  question: summary.question,
  runs: [{ name: "", summary, figures: await drawn(replications) }],
  scenario: { name: "made-up", note: "</script><script>alert(1)</script>" },
  reproduce: {
    command: "floe run scenarios/made-up.ts",
    version: "0.1.0+0123",
    digests: [
      { run: "", replication: 0, seed: "s/0", eventDigest: "00ff00ff00ff00ff", factDigest: "11" },
    ],
  },
};

/** The page without Vega's own code, which names addresses in texts that it never calls. */
const withoutLibraries = (page: string) =>
  page.replace(/<script>[\s\S]*?<\/script>/g, (script) => (script.length > 20_000 ? "" : script));

describe("a report", async () => {
  const page = renderReport(input);
  const own = withoutLibraries(page);

  it("is one file that names no address outside of itself", () => {
    expect(own).not.toMatch(/https?:\/\//);
    expect(own).not.toMatch(/<(link|img|iframe|script)[^>]*\s(src|href)=/);
    expect(own).not.toMatch(/url\((?!#)|@import/);
    expect(own.includes('content="default-src &#39;none&#39;;')).toBe(true);
  });

  it("has the libraries inside, in a form that no text of theirs ends early", () => {
    expect(page.match(/<script>/g)).toHaveLength(4);
    // One script a figure, four of the page, and nothing left open.
    expect(page.match(/<\/script>/g)).toHaveLength(input.runs[0]!.figures.length + 4);
  });

  it("escapes what comes from the scenario", () => {
    expect(own).toContain("Is 1 &lt; 2 &amp; &#39;so on&#39;?");
    expect(own).not.toContain("<script>alert");
    expect(own).toContain("&lt;/script&gt;&lt;script&gt;alert(1)");
  });

  it("ends no script early for what a figure holds", async () => {
    const place = "</script><script>alert(2)";
    const odd = replications.map((rows) => ({
      ...rows,
      reads: rows.reads.map((row) => ({ ...row, place })),
    }));
    const runs = [{ name: "", summary, figures: await drawn(odd) }];
    const oddPage = withoutLibraries(renderReport({ ...input, runs }));
    expect(oddPage.includes("alert(2)")).toBe(true);
    expect(oddPage.includes("<script>alert(2)")).toBe(false);
  });

  it.each([
    "Guarantees",
    "Before you believe it",
    "Figures",
    "Numbers",
    "How operations ended",
    "Faults injected",
    "The same again",
  ])("has the section %s", (title) => {
    expect(own).toContain(`<h2>${title}</h2>`);
  });

  it("gives each verdict as word, sign and colour, with its value and interval", () => {
    expect(own).toContain('<td class="verdict met">✓ met</td>');
    expect(own).toContain('<td class="verdict broken">✗ broken</td>');
    expect(own).toContain('<td class="verdict undecided">? undecided</td>');
    expect(own).toContain(summary.guarantees[0]!.intervalText);
  });

  it("shows every figure also where no script runs", () => {
    for (const { title } of input.runs[0]!.figures) expect(own).toContain(`<strong>${title}`);
    expect(own.match(/<svg [^>]*class="marks"/g)).toHaveLength(input.runs[0]!.figures.length);
  });

  it("says how to have the same again", () => {
    expect(own).toContain("floe run scenarios/made-up.ts");
    expect(own).toContain("00ff00ff00ff00ff");
  });

  it("is the same bytes each time", async () => {
    expect(renderReport(input) === page).toBe(true);
  });
});

describe("a report of several runs", () => {
  it("has a row a run with each guarantee, and every run folded away", async () => {
    const runs = ["nodes=50", "nodes=100"].map((name) => ({ name, summary, figures: [] }));
    const own = withoutLibraries(renderReport({ ...input, runs }));
    expect(own.match(/<td><code>nodes=\d+<\/code><\/td>/g)).toHaveLength(2);
    expect(own.match(/<details><summary>nodes=\d+<\/summary>/g)).toHaveLength(2);
  });
});

describe("the conclusion", () => {
  it.each([
    { texts: [], head: "Nothing is promised" },
    { texts: ["read.latency: p50 <= 90s"], head: "The guarantee is met" },
    {
      texts: ["read.latency: p50 <= 90s", "read.latency: mean <= 90s"],
      head: "All 2 guarantees are met",
    },
    { texts: ["read.latency: p50 <= 1ms"], head: "1 of 1 guarantee broken" },
    { texts: ["write.success: ratio >= 0.9999"], head: "1 of 1 guarantee undecided" },
  ])("is $head", ({ texts, head }) => {
    expect(conclusion(summaryOf(...texts)).head).toBe(head);
  });

  it("is as expected where a broken guarantee is what the scenario is there to show", () => {
    const shown = { ...summaryOf("read.latency: p50 <= 1ms"), expect: "broken" as const };
    expect(conclusion(shown).head).toBe("1 of 1 guarantee broken, as expected");
  });
});

it("a template escapes its values, but not what is HTML already", () => {
  const inner = html`<b>${'<"&'}</b>`;
  expect(html`${[inner, undefined, 3]}`.html).toBe("<b>&lt;&quot;&amp;</b>3");
});
