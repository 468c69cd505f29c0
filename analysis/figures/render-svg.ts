import type { FigureSpec } from "./figure.ts";

/**
 * Draws a figure as SVG text, without a browser. Vega is large, so it loads on the first call.
 *
 * Text is measured by rule of thumb, not with a font, so the same figure gives the same bytes on
 * every machine.
 *
 * @param name begins every identifier in the drawing, so that several can stand in one page
 */
export async function renderSvg(spec: FigureSpec, name: string): Promise<string> {
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  const view = new vega.View(vega.parse(vegaLite.compile(spec).spec), { renderer: "none" });
  try {
    return withOwnIds(await view.toSVG(), name);
  } finally {
    view.finalize();
  }
}

/** Vega numbers identifiers through all drawings of a process; here they count from 1 in each. */
function withOwnIds(svg: string, name: string): string {
  const prefix = name.replace(/[^A-Za-z0-9]+/g, "-");
  const ids = [...svg.matchAll(/ id="([^"]+)"/g)].map((match) => match[1] ?? "");
  const names = new Map(ids.map((id, index) => [id, `${prefix}-${index + 1}`]));
  return svg
    .replace(/ id="([^"]+)"/g, (text, id: string) => ` id="${names.get(id) ?? text}"`)
    .replace(/url\(#([^)]+)\)/g, (text, id: string) => `url(#${names.get(id) ?? text})`);
}
