import { compile } from "vega-lite";
import { describe, expect, it } from "vitest";
import { summarize } from "../summary.ts";
import { guarantees } from "../testing/guarantees.ts";
import { syntheticLife } from "../testing/synthetic-life.ts";
import { syntheticRows } from "../testing/synthetic-rows.ts";
import { coarsen } from "./coarsen.ts";
import { drawFigure, standaloneSvg } from "./draw-figure.ts";
import { type FigureSpec, type NamedFigure, subtitleLines } from "./figure.ts";
import { readLatencyCdf } from "./read-latency-cdf.ts";
import { renderSvg } from "./render-svg.ts";
import { runFigures } from "./run-figures.ts";
import { sweepFigures } from "./sweep-figures.ts";
import { tellingNumbers } from "./sweep-numbers.ts";
import { timeUnit } from "./time-unit.ts";

const replications = syntheticRows({ replications: 3, reads: 900, writes: 100 });

const pointOf = (nodes: string, share: string, ...more: readonly string[]) => ({
  values: { "committee.nodes": nodes, "faults.0.share": share },
  summary: summarize({
    scenario: "made-up",
    question: "Is it?",
    // Not the same at all points, or there would be nothing to draw.
    replications: nodes === "50" ? replications : replications.slice(1),
    guarantees: guarantees("read.success: ratio >= 0.9", "read.latency: p99 <= 4s", ...more),
  }),
});
const grid = ["50", "100"].flatMap((nodes) => ["25%", "33%"].map((share) => pointOf(nodes, share)));

/** What Vega-Lite has to complain about. */
function complaints(spec: FigureSpec): string[] {
  const told: string[] = [];
  const tell = (...texts: readonly unknown[]) => {
    told.push(texts.join(" "));
    return logger;
  };
  const ignore = () => logger;
  const logger = { level: () => logger, error: tell, warn: tell, info: ignore, debug: ignore };
  compile(spec, { logger: logger as never });
  return told;
}

type Values = readonly Readonly<Record<string, number | string>>[];
const valuesOf = (spec: FigureSpec | undefined): Values =>
  (spec as unknown as { data: { values: Values } }).data.values;

const escaped = (text: string) => text.replaceAll("<", "&#60;").replaceAll(">", "&#62;");

describe("figures", () => {
  const ofMinutes = runFigures(replications);
  const ofMonths = runFigures(syntheticLife({ replications: 3 }));
  const all: NamedFigure[] = [
    ...ofMinutes,
    ...ofMonths.filter(({ name }) => !ofMinutes.some((figure) => figure.name === name)),
    ...sweepFigures(grid),
  ];

  it.each(all)(
    "$name compiles without complaint, and names a unit or question",
    ({ spec, title }) => {
      expect(complaints(spec)).toEqual([]);
      expect(title).toMatch(/\(.+\)|ratio/);
    },
  );

  it.each(all)("$name is drawn without a browser, once for page and file", async (figure) => {
    const drawn = await drawFigure(figure, "figure");
    expect(drawn.svg).toMatch(/^<svg /);
    expect(drawn.svg).not.toContain(`>${figure.title}<`);
    const file = standaloneSvg(drawn);
    expect(file).toContain(`>${figure.title}<`);
    for (const line of subtitleLines(figure.spec)) expect(file).toContain(`>${escaped(line)}<`);
    expect(file).not.toContain("NaN");
  });

  it("are the same bytes each time", async () => {
    const [first] = runFigures(replications);
    const [once, again] = [await renderSvg(first!.spec, "a"), await renderSvg(first!.spec, "a")];
    expect(once === again).toBe(true);
  });

  it("keep to themselves in a page: what one refers to is in it", async () => {
    const [first] = runFigures(replications);
    const svg = await renderSvg(first!.spec, "run-1, read.success");
    const referred = [...svg.matchAll(/url\(#([^)]+)\)/g)].map((match) => match[1]);
    expect(referred.length).toBeGreaterThan(0);
    for (const id of referred) expect(svg).toContain(`<clipPath id="${id}">`);
    expect(referred[0]).toMatch(/^run-1-read-success-\d$/);
  });

  it("have names that differ", () => {
    const names = all.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it("are left out where there are no data", () => {
    const empty = replications.map((rows) => ({
      ...rows,
      reads: [],
      writes: [],
      redundancy: [],
      nodes: rows.nodes.map((node) => ({ ...node, availability: 1, sentBytes: 0 })),
      timeline: [],
    }));
    expect(runFigures(empty)).toEqual([]);
    expect(runFigures([])).toEqual([]);
    expect(sweepFigures(grid.slice(0, 1))).toEqual([]);
  });
});

describe("the distribution of read latency", () => {
  it("ends at the share of reads that succeeded, for each place", () => {
    const values = valuesOf(readLatencyCdf(replications));
    const reads = replications.flatMap((rows) => rows.reads.filter((r) => r.place === "Tokyo"));
    const ok = reads.filter((row) => row.outcome === "ok");
    const curve = values.filter(({ place }) => place === "Tokyo");
    expect(curve.at(-1)?.share).toBeCloseTo(ok.length / reads.length, 5);
    const latencies = curve.map(({ latency }) => Number(latency));
    expect(latencies).toEqual(latencies.toSorted((a, b) => a - b));
  });

  it("is thinned to some 400 points, however many reads there are", () => {
    expect(valuesOf(readLatencyCdf(replications)).length).toBeLessThanOrEqual(403);
  });
});

describe("figures of the life of data", () => {
  const life = syntheticLife({ replications: 3 });
  const figure = (name: string, rows = life) =>
    runFigures(rows).find((candidate) => candidate.name === name)?.spec as unknown as {
      layer: { data?: { values: Values } }[];
    } & FigureSpec;
  const layerOf = (spec: ReturnType<typeof figure>, layer: number) =>
    spec.layer[layer]?.data?.values ?? [];

  it("show all blobs at every time, in tenths of their margin and out of reach", () => {
    const shares = new Map<number, number>();
    for (const { time, share } of layerOf(figure("margin-over-time"), 0)) {
      shares.set(Number(time), (shares.get(Number(time)) ?? 0) + Number(share));
    }
    expect(shares.size).toBeGreaterThan(100);
    for (const share of shares.values()) expect(share).toBeCloseTo(1, 4);
  });

  it("mark each stretch in which a blob could not be read, however few could not", () => {
    const few = syntheticLife({ replications: 2, unavailable: 1 });
    expect(layerOf(figure("margin-over-time", few), 2)).toHaveLength(6);
    expect(layerOf(figure("unavailable-spans", few), 1)).toHaveLength(6);
    const none = syntheticLife({ replications: 2, unavailable: 0 });
    expect(figure("unavailable-spans", none)).toBeUndefined();
  });

  it("show by logarithms what takes a day beside what takes seconds", () => {
    const late = syntheticLife({ replications: 2 }).map((rows) => ({
      ...rows,
      transfers: rows.transfers.map((row) => ({
        ...row,
        finishedAt: row.finishedAt + 200 * 86_400e6,
      })),
    }));
    const { spec, title } = runFigures(late).find(({ name }) => name === "epoch-syncs")!;
    expect(title).toContain("(log scale)");
    expect(complaints(spec)).toEqual([]);
    expect(JSON.stringify(spec)).toContain('"type":"log"');
  });

  it("count epochs with a change, and not the one that the run begins with", () => {
    const values = valuesOf(figure("epoch-syncs"));
    expect(values.map(({ epoch, moved }) => [epoch, moved])).toEqual(
      [2, 3, 4, 5, 6, 7].map((epoch) => [epoch, 10]),
    );
  });

  it("end the curve of what was made good at its share of all losses", () => {
    const losses = life.flatMap(({ redundancy }) => redundancy);
    const restored = losses.filter(({ restoredAt }) => restoredAt !== -1);
    expect(valuesOf(figure("redundancy-time")).at(-1)).toMatchObject({
      share: Number((restored.length / losses.length).toPrecision(6)),
    });
  });

  it("have as many bytes as the timeline", () => {
    const bars = layerOf(figure("repair-traffic"), 1);
    const days = bars.map(({ rate, from, to }) => Number(rate) * (Number(to) - Number(from)));
    const bytes = life.flatMap(({ timeline }) =>
      timeline.map(({ recoveryBytes, transferBytes }) => recoveryBytes + transferBytes),
    );
    const mean = bytes.reduce((sum, count) => sum + count, 0) / life.length / 1e12;
    expect(days.reduce((sum, tb) => sum + tb, 0) / mean).toBeCloseTo(1, 3);
  });
});

describe("a sweep", () => {
  it("of one setting has lines, of two a map as well", () => {
    const names = (points: typeof grid) => sweepFigures(points).map(({ name }) => name);
    expect(names(grid.filter((point) => point.values["faults.0.share"] === "25%"))).toEqual([
      "sweep-read.success-ratio-0.9",
      "sweep-read.latency-p99-4s",
    ]);
    expect(names(grid)).toContain("map-read.latency-p99-4s");
  });

  it("has no figure of what is the same at all points", () => {
    expect(sweepFigures([pointOf("50", "25%"), pointOf("50", "33%")])).toEqual([]);
  });

  it("has one figure of a number with two limits, of those too that promise nothing of it", () => {
    const lax = pointOf("100", "25%", "write.success: ratio >= 0.5");
    const strict = pointOf("50", "25%", "write.success: ratio >= 0.8");
    const none = pointOf("100", "33%");
    const { spec } = sweepFigures([lax, strict, none]).find(({ name }) => /write/.test(name))!;
    expect(valuesOf(spec)).toHaveLength(3);
    expect(JSON.stringify(spec).match(/"datum":0\.[58]/g)).toHaveLength(2);
  });

  it("shows what differs although nothing is promised of it", () => {
    const slow = replications.map((rows) => ({
      ...rows,
      writes: rows.writes.map((row) => {
        return { ...row, latencyMicroseconds: 100 * row.latencyMicroseconds };
      }),
    }));
    const points = [replications, slow].map((rows, index) => ({
      values: { "committee.nodes": index },
      summary: summarize({
        ...{ scenario: "made-up", question: "Is it?", replications: rows },
        guarantees: guarantees("read.success: ratio >= 0.9"),
      }),
    }));
    expect(tellingNumbers(points)).toEqual(["write.latency: p50"]);
    expect(sweepFigures(points).map(({ name }) => name)).toEqual(["sweep-write.latency-p50"]);
  });
});

describe("a setting without an order", () => {
  const schemes = ["red-stuff", "copies-3"].map((variant, index) => ({
    ...grid[2 * index]!,
    values: { variant },
  }));

  it("has dots, for nothing lies between two names", () => {
    const [{ spec }] = sweepFigures(schemes) as [NamedFigure];
    const text = JSON.stringify(spec);
    expect(text).toContain('"circle"');
    expect(text).not.toContain('"line","strokeWidth"');
    expect(complaints(spec)).toEqual([]);
  });
});

describe("a time axis", () => {
  it.each([
    { hours: 48, unit: "hours" },
    { hours: 72, unit: "days" },
    { hours: 24 * 365, unit: "weeks" },
    { hours: 1, unit: "minutes" },
    { hours: 0.01, unit: "seconds" },
  ])("of $hours hours counts $unit", ({ hours, unit }) => {
    expect(timeUnit(hours * 3600e6).name).toBe(unit);
  });

  it("merges stretches until each has enough operations, and loses none", () => {
    const stretches = Array.from({ length: 10 }, (_, i) => ({ from: i, to: i + 1 }));
    const merged = coarsen(stretches, 100, 30);
    expect(merged.map(({ bins }) => bins.length)).toEqual([3, 4, 3]);
    expect(merged.flatMap(({ bins }) => bins)).toEqual(stretches.map((_, i) => i));
    expect(coarsen(stretches, 1000, 30)).toHaveLength(10);
  });
});
