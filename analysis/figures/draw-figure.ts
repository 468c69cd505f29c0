import { type FigureSpec, font, ink, type NamedFigure, subtitleLines, titleOf } from "./figure.ts";
import { renderSvg } from "./render-svg.ts";

/** A figure with its drawing, which has no title: in a page, titles are text of the page. */
export interface DrawnFigure extends NamedFigure {
  readonly svg: string;
}

/** Draws a figure, once for the page and the file. `path` tells it from all others of a study. */
export async function drawFigure(figure: NamedFigure, path: string): Promise<DrawnFigure> {
  return { ...figure, svg: await renderSvg(withoutTitle(figure.spec), path) };
}

export function withoutTitle(spec: FigureSpec): FigureSpec {
  const { title: _, ...rest } = spec;
  return rest;
}

const LEFT = 12;
const TITLE = { size: 15, baseline: 25 };
const SUBTITLE = { size: 12, baseline: 44, line: 15 };
const GAP = 4;

/** The drawing with title and subtitle above it, for a file of its own. */
export function standaloneSvg({ spec, svg }: DrawnFigure): string {
  const [, width, height] = /^<svg [^>]*width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  const lines = subtitleLines(spec);
  const top = SUBTITLE.baseline + SUBTITLE.line * (lines.length - 1) + GAP;
  const whole = top + Number(height);
  const text = (y: number, size: number, rest: string, words: string) =>
    `<text x="${LEFT}" y="${y}" font-size="${size}px" ${rest}>${escaped(words)}</text>`;
  const title = text(
    TITLE.baseline,
    TITLE.size,
    `font-weight="600" fill="${ink.text}"`,
    titleOf(spec),
  );
  const subtitle = lines.map((line, index) =>
    text(SUBTITLE.baseline + SUBTITLE.line * index, SUBTITLE.size, `fill="${ink.faint}"`, line),
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" width="${width}" height="${whole}" viewBox="0 0 ${width} ${whole}">` +
    `<rect width="${width}" height="${whole}" fill="#ffffff"/>` +
    `<g font-family="${escaped(font)}">${title}${subtitle.join("")}</g>` +
    svg.replace("<svg ", `<svg y="${top}" `) +
    "</svg>"
  );
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
