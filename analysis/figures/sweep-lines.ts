import { type FigureSpec, frame, ink, palette } from "./figure.ts";
import { otherSettings, type SweepAxis, valueOn } from "./sweep-axis.ts";
import { type SweptNumber, unitLabel } from "./sweep-numbers.ts";

/** The largest over the smallest from which a scale of logarithms shows more. */
const LOG_FROM = 30;

/**
 * One number along one setting, with its 95 % interval; other settings tell the lines apart. Where
 * the setting has no order, such as a scheme's name, dots instead of lines.
 */
export function sweepLines(
  number: SweptNumber,
  axes: readonly SweepAxis[],
  along: SweepAxis,
): FigureSpec {
  const [bottom, top] = range(number);
  const values = number.at.map(({ values: settings, ...at }) => ({
    ...at,
    // An interval that is open at one end runs off the figure there.
    low: at.low ?? bottom,
    high: at.high ?? top,
    setting: valueOn(along, settings),
    line: otherSettings(axes, [along], settings),
  }));
  const lines = [...new Set(values.map(({ line }) => line))];
  const x = along.isNumeric
    ? {
        field: "setting",
        type: "quantitative" as const,
        title: along.path,
        scale: { zero: false, nice: false, padding: 24 },
        axis: { grid: false, values: along.values.map(Number) },
      }
    : {
        field: "setting",
        type: "ordinal" as const,
        title: along.path,
        sort: along.values.map(String),
        axis: { grid: false, labelAngle: 0 },
      };
  const color = {
    field: "line",
    type: "nominal" as const,
    title: null,
    scale: { domain: lines, range: lines.map((_, i) => palette[i % palette.length] ?? ink.text) },
    legend: lines.length > 1 ? { columns: 2, labelLimit: 320 } : null,
  };
  // Where no line tells them apart, what is alike in the setting stands side by side.
  const offset =
    along.isOrdered || lines.length === 1 ? {} : { xOffset: { field: "line", sort: lines } };
  const unit = unitLabel(number);
  const title = `${number.label}${unit}${isLog(number) ? " (log scale)" : ""}`;
  const format = number.unit === "share" ? ".4~p" : ",~f";
  const kind = isLog(number) ? { type: "log" as const } : { zero: false };
  const scale = { ...kind, domain: [bottom, top], nice: false };
  const promise = number.promise === "" ? "" : ` Dashed: what is promised, ${number.promise}.`;
  return {
    ...frame(
      `${number.label}${unit} for each ${along.path}`,
      `What does ${along.path} change? Pale: 95 % interval.${promise}`,
    ),
    data: { values },
    layer: [
      {
        mark: along.isOrdered
          ? { type: "area", opacity: lines.length > 1 ? 0.1 : 0.18 }
          : { type: "rule", strokeWidth: 5, opacity: 0.3, strokeCap: "round" },
        encoding: {
          x,
          y: { field: "low", type: "quantitative", scale, axis: { format }, title },
          y2: { field: "high" },
          color,
          ...offset,
        },
      },
      ...limitLayer(number),
      {
        mark: along.isOrdered
          ? { type: "line", strokeWidth: 2, point: { size: 55, filled: true } }
          : { type: "circle", size: 75, opacity: 1 },
        encoding: {
          x,
          y: {
            field: "value",
            type: "quantitative",
            scale,
            axis: { format },
            title,
          },
          color,
          ...offset,
          tooltip: [
            { field: "setting", title: along.path },
            ...(lines.length > 1 ? [{ field: "line", title: "with" }] : []),
            { field: "text", title: number.label },
            { field: "intervalText", title: "95 % interval" },
            ...(number.promise === "" ? [] : [{ field: "verdict" }]),
          ],
        },
      },
    ],
  };
}

/** Hours beside months, on a scale from 0, would all be nothing. */
function isLog({ at, limits, unit }: SweptNumber): boolean {
  if (unit === "share" || unit === "count") return false;
  const all = at.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
  const least = Math.min(...all, ...limits);
  return least > 0 && Math.max(...all) > LOG_FROM * Math.min(...at.map(({ value }) => value));
}

/** All values, what is known of their intervals, the limit, and a little room. */
function range(number: SweptNumber): [number, number] {
  const { at, limits, unit } = number;
  const all = at.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
  all.push(...limits);
  if (isLog(number)) return [Math.min(...all) / 1.2, 1.2 * Math.max(...all)];
  const isShare = unit === "share";
  const bottom = isShare ? Math.min(...all) : 0;
  const top = Math.max(...all);
  const room = 0.06 * (top - bottom || 1);
  return [
    Math.max(0, bottom - (isShare ? room : 0)),
    isShare ? Math.min(1, top + room) : top + room,
  ];
}

function limitLayer({ limits }: SweptNumber) {
  return limits.map((limit) => ({
    mark: { type: "rule" as const, strokeDash: [5, 4], color: ink.faint, strokeWidth: 1.5 },
    encoding: { y: { datum: limit } },
  }));
}
