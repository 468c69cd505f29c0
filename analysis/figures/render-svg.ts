import type { FigureSpec } from "./figure.ts";

/**
 * Draws a figure as SVG text, without a browser. Vega is large, so it loads on the first call.
 *
 * Text is measured by rule of thumb, not with a font, so the same figure gives the same bytes on
 * every machine.
 */
export async function renderSvg(spec: FigureSpec): Promise<string> {
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  const view = new vega.View(vega.parse(vegaLite.compile(spec).spec), { renderer: "none" });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
