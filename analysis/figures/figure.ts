import type { Config, TopLevelSpec } from "vega-lite";

/** A Vega-Lite figure with its data inside: it needs nothing else to be drawn. */
export type FigureSpec = TopLevelSpec;

/** A figure as it is kept: `figures/<name>.vl.json` and `figures/<name>.svg`. */
export interface NamedFigure {
  readonly name: string;
  readonly title: string;
  readonly spec: FigureSpec;
}

/** Okabe and Ito's colours, told apart with any colour vision; ordered to differ in lightness too. */
export const palette = [
  "#0072B2",
  "#D55E00",
  "#009E73",
  "#CC79A7",
  "#E69F00",
  "#56B4E9",
  "#5D4FA2",
  "#8A8A8A",
] as const;

export const ink = {
  text: "#1f2933",
  faint: "#616e7c",
  grid: "#e4e7eb",
  outage: "#52606d",
  alarm: "#b42318",
} as const;

export const font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";

const config: Config = {
  font,
  view: { stroke: null },
  title: {
    anchor: "start",
    frame: "bounds",
    fontSize: 15,
    fontWeight: 600,
    color: ink.text,
    subtitleColor: ink.faint,
    subtitleFontSize: 12,
    subtitlePadding: 4,
    offset: 14,
  },
  axis: {
    domain: false,
    ticks: false,
    gridColor: ink.grid,
    labelColor: ink.faint,
    labelFontSize: 11,
    labelPadding: 6,
    titleColor: ink.text,
    titleFontSize: 12,
    titleFontWeight: "normal",
    titlePadding: 10,
  },
  legend: {
    orient: "top",
    direction: "horizontal",
    labelColor: ink.text,
    labelFontSize: 12,
    titleColor: ink.faint,
    titleFontSize: 12,
    titleFontWeight: "normal",
    titleOrient: "left",
    symbolStrokeWidth: 3,
    symbolOpacity: 1,
  },
  range: { category: [...palette] },
};

/** Vega guesses the width of text at 0.8 em a letter, and shrinks a plot whose title is wider. */
const SUBTITLE_LETTERS_MAX = 76;

/** What every figure shares. The title states what is shown; the subtitle asks the question. */
export function frame(title: string, subtitle: string, height = 260) {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    width: 760,
    height,
    // The width is that of the whole figure, however long its labels are.
    autosize: { type: "fit-x" as const, contains: "padding" as const },
    background: "#ffffff",
    padding: 12,
    title: { text: title, subtitle: wrap(subtitle, SUBTITLE_LETTERS_MAX) },
    config,
  };
}

/** Breaks text between words into lines of at most so many letters. */
function wrap(text: string, lettersMax: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= lettersMax) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

/** Keeps a figure's data small without changing what the eye sees. */
export function round(value: number, digits = 6): number {
  return Number(value.toPrecision(digits));
}

/** The title of a figure as plain text. */
export function titleOf({ title }: FigureSpec): string {
  return typeof title === "object" && "text" in title ? String(title.text) : String(title);
}

/** Its subtitle, as broken into lines. */
export function subtitleLines({ title }: FigureSpec): string[] {
  const subtitle = typeof title === "object" && "subtitle" in title ? title.subtitle : "";
  return Array.isArray(subtitle) ? subtitle.map(String) : [String(subtitle)];
}
