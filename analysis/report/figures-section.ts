import { type FigureSpec, type NamedFigure, subtitleOf } from "../figures/figure.ts";
import { renderSvg } from "../figures/render-svg.ts";
import { type Html, html, jsonInScript, trusted } from "./html.ts";

/**
 * Figures as drawn, each in a place of its own, where a browser with scripts draws it alive. Titles
 * are text of the page, which breaks lines where a narrow screen needs it.
 */
export async function figureList(figures: readonly NamedFigure[], prefix: string): Promise<Html[]> {
  const list: Html[] = [];
  for (const { name, title, spec } of figures) {
    const plain = withoutTitle(spec);
    const svg = (await renderSvg(plain, prefix + name)).replace(/ xmlns(:xlink)?="[^"]*"/g, "");
    list.push(html`<figure><figcaption><strong>${title}</strong><br>${subtitleOf(spec)}</figcaption>
<div class="chart" role="img" aria-label="${title}" data-name="${prefix}${name}">${trusted(svg)}</div>
<script type="application/json">${jsonInScript(forPage(plain))}</script></figure>`);
  }
  return list;
}

function withoutTitle(spec: FigureSpec): FigureSpec {
  const { title: _, ...rest } = spec;
  return rest;
}

/** Fitted to the page's width, and without the address of a schema that nobody asks for there. */
function forPage(spec: FigureSpec): object {
  const { $schema: _, ...rest } = spec;
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
