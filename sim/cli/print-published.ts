import { deviationText } from "../../analysis/published.ts";
import type { FinishedCell } from "./finished-cell.ts";
import { print, tint } from "./terminal.ts";
import { textTable } from "./text-table.ts";

/** The model beside published measurements, a row each; nothing where a scenario cites none. */
export function printPublished(cells: readonly FinishedCell[]): void {
  const rows = cells.flatMap(({ named, summary }) =>
    summary.published.map((comparison) => [
      ...Object.values(named.values).map(String),
      `${comparison.metric}: ${comparison.aggregation}`,
      comparison.publishedText,
      comparison.text,
      deviationText(comparison),
      comparison.use,
    ]),
  );
  if (rows.length === 0) return;
  print();
  print(tint("beside published measurements", "strong"));
  print(
    textTable(
      [
        ...Object.keys(cells[0]!.named.values).map((head) => ({ head })),
        { head: "number", wraps: true },
        { head: "published", right: true },
        { head: "model", right: true },
        { head: "deviation", right: true },
        { head: "use" },
      ],
      rows,
    ),
  );
}
