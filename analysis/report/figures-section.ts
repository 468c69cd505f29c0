import { type DrawnFigure, withoutTitle } from "../figures/draw-figure.ts";
import { type FigureSpec, subtitleLines } from "../figures/figure.ts";
import { type Html, html, jsonInScript, trusted } from "./html.ts";

/**
 * Figures as drawn, each in a place of its own, where a browser with scripts draws it alive. Titles
 * are text of the page, which breaks lines where a narrow screen needs it.
 */
export function figureList(figures: readonly DrawnFigure[], prefix: string): Html[] {
  return figures.map(({ name, title, spec, svg }) => {
    const drawing = trusted(svg.replace(/ xmlns(:xlink)?="[^"]*"/g, ""));
    return html`<figure><figcaption><strong>${title}</strong><br>${subtitleLines(spec).join(" ")}</figcaption>
<div class="chart" role="img" aria-label="${title}" data-name="${prefix}${name}">${drawing}</div>
<script type="application/json">${jsonInScript(forPage(spec))}</script></figure>`;
  });
}

/** Fitted to the page's width, and without the address of a schema that nobody asks for there. */
function forPage(spec: FigureSpec): object {
  const { $schema: _, ...rest } = withoutTitle(spec);
  return { ...rest, width: "container" };
}

/**
 * Replaces each drawing by a living one, in a folded part when it is opened: before, it has no width.
 * If anything goes wrong, the drawing stays.
 */
export const bringToLife = trusted(`
const draw = (chart) => {
  const spec = JSON.parse(chart.parentElement.querySelector(":scope > script").textContent);
  const place = document.createElement("div");
  place.style.width = "100%";
  chart.append(place);
  vegaEmbed(place, spec, {
    mode: "vega-lite", renderer: "svg", ast: true, downloadFileName: chart.dataset.name,
    actions: { export: true, source: false, compiled: false, editor: false },
  }).then(() => chart.querySelector(":scope > svg").remove()).catch((error) => {
    console.error(error);
    place.remove();
  });
};
for (const chart of document.querySelectorAll("figure .chart")) {
  const folded = chart.closest("details:not([open])");
  if (folded === null) draw(chart);
  else folded.addEventListener("toggle", () => draw(chart), { once: true });
}`);
