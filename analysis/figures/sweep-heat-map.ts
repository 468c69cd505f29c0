import { type FigureSpec, frame, ink } from "./figure.ts";
import { type SweepAxis, valueOn } from "./sweep-axis.ts";
import { type SweptNumber, unitLabel } from "./sweep-numbers.ts";

const symbols = { met: "✓", broken: "✗", undecided: "?", none: "" } as const;

/** One number over two settings: colour and figure in each cell, and whether it keeps its promise. */
export function sweepHeatMap(number: SweptNumber, across: SweepAxis, up: SweepAxis): FigureSpec {
  const values = number.at.map(({ values: settings, verdict, ...at }) => ({
    ...at,
    verdict,
    across: String(valueOn(across, settings)),
    up: String(valueOn(up, settings)),
    label: `${at.text} ${symbols[verdict]}`.trim(),
  }));
  const sorted = (axis: SweepAxis) =>
    (axis.isNumeric ? axis.values.map(Number).sort((a, b) => a - b) : [...axis.values]).map(String);
  const x = {
    field: "across",
    type: "ordinal" as const,
    title: across.path,
    sort: sorted(across),
    axis: { labelAngle: 0 },
  };
  const y = { field: "up", type: "ordinal" as const, title: up.path, sort: sorted(up).reverse() };
  // Dark is more of what one does not want. The scale reaches to nothing bad at all, so that a hair's
  // breadth between cells does not look like night and day.
  const isShare = number.unit === "share";
  const all = values.map(({ value }) => value);
  const domain = isShare ? [Math.min(...all), 1] : [0, Math.max(...all)];
  const middle = ((domain[0] ?? 0) + (domain[1] ?? 1)) / 2;
  const promise = number.promise === "" ? "" : ` ✓ keeps, ✗ breaks, ? may keep ${number.promise}.`;
  const unit = unitLabel(number);
  return {
    ...frame(
      `${number.label}${unit} by ${across.path} and ${up.path}`,
      `Where in the plane does it hold?${promise}`,
      Math.max(120, 44 * up.values.length),
    ),
    data: { values },
    encoding: { x, y },
    layer: [
      {
        mark: { type: "rect", stroke: "#ffffff", strokeWidth: 2, cornerRadius: 3 },
        encoding: {
          color: {
            field: "value",
            type: "quantitative",
            title: null,
            scale: { scheme: "blues", reverse: isShare, domain, nice: false },
            legend: null,
          },
          tooltip: [
            { field: "across", title: across.path },
            { field: "up", title: up.path },
            { field: "text", title: number.label },
            { field: "intervalText", title: "95 % interval" },
            ...(number.promise === "" ? [] : [{ field: "verdict" }]),
          ],
        },
      },
      {
        mark: { type: "text", fontSize: 12 },
        encoding: {
          text: { field: "label" },
          color: {
            condition: { test: `datum.value ${isShare ? "<" : ">"} ${middle}`, value: "#ffffff" },
            value: ink.text,
          },
        },
      },
    ],
  };
}
